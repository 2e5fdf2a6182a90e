package dev.evenroll.cli.command;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.attestation.AttestedRequest;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll csr complete`.
@Command(
        name = "complete",
        description = "Makes the request (PKCS #10, DER) of what was prepared and the TPM's signature over it.",
        mixinStandardHelpOptions = true)
final class CsrCompleteCommand extends CsrStepCommand {

    @Parameters(paramLabel = "FILE", description = "What `evenroll csr prepare` wrote.")
    private Path prepared = Path.of("");

    @Option(
            names = "--signature",
            required = true,
            paramLabel = "FILE",
            description = "Its signature with the key of the request: tpm2_sign -o FILE.")
    private Path signature = Path.of("");

    @Override
    Der make() throws MalformedException, IOException {
        return AttestedRequest.signed(read(prepared), read(signature));
    }

    @Override
    String next(Path made) {
        return "The request is in " + made + ": post it, in base64, to /.well-known/est/simpleenroll.";
    }
}
