package dev.evenroll.cli.command;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.attestation.AttestedRequest;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll csr prepare`.
@Command(
        name = "prepare",
        description = "Composes what the TPM has to sign: the request's name, key and evidence.",
        footer = "The files are as tpm2-tools write them. All commands, in their order: docs/ATTESTATION.md.",
        mixinStandardHelpOptions = true)
final class CsrPrepareCommand extends CsrStepCommand {

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number of the device.")
    private @Nullable DeviceId device;

    @Option(names = "--owner", paramLabel = "NAME", description = "Its operator; may be left out.")
    private @Nullable String owner;

    @Option(
            names = "--public",
            required = true,
            paramLabel = "FILE",
            description = "Public area of the key: tpm2_readpublic -f tpmt -o FILE.")
    private Path publicArea = Path.of("");

    @Option(
            names = "--attest",
            required = true,
            paramLabel = "FILE",
            description = "Attestation of the key: tpm2_certify -o FILE.")
    private Path attest = Path.of("");

    @Option(
            names = "--signature",
            required = true,
            paramLabel = "FILE",
            description = "Its signature: tpm2_certify -s FILE.")
    private Path signature = Path.of("");

    @Option(
            names = "--certificate",
            required = true,
            paramLabel = "FILE",
            description = "Certificate of the attestation key, and those of the CAs above it, PEM.")
    private Path certificate = Path.of("");

    @Override
    Der make() throws MalformedException, IOException {
        if (device == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        var evidence = new AttestedRequest.Evidence(
                read(publicArea), read(attest), read(signature), Pem.decodeCertificates(Files.readString(certificate)));
        return AttestedRequest.toBeSigned(device.value(), owner, evidence);
    }

    @Override
    String next(Path made) {
        return "Let the TPM sign it: tpm2_sign -c KEY -g sha256 -o request.sig " + made
                + "; then: evenroll csr complete " + made + " --signature request.sig --out request.der";
    }
}
