package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.IssuingSteps;
import dev.evenroll.hsm.ceremony.RootSteps;
import dev.evenroll.hsm.key.WholeFile;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll ca sign`.
@Command(
        name = "sign",
        description = "Has a root that is here certify the issuing CA of a request: on the machine without a network.",
        footer = "Asked again for the same request, it gives the same certificate.",
        mixinStandardHelpOptions = true)
final class CaSignCommand extends CaStepCommand {

    @Mixin
    private CaDirectoryOption where = new CaDirectoryOption();

    @Parameters(paramLabel = "REQUEST", description = "The request that was carried here, PEM.")
    private Path request = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CHAIN",
            description = "Where the chain to carry back is written.")
    private Path out = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "NAME",
            converter = CaNameArgument.class,
            description = "Which root signs; the newest one here when not given.")
    private @Nullable AuthorityName root;

    @Mixin
    private CaValidityOption validity = new CaValidityOption();

    @Override
    Path directory() {
        return where.directory();
    }

    @Override
    void steps(Ceremony ceremony) throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var asked = CaRequest.decode(Pem.decodeCertificationRequest(Files.readString(request)));
        var newest = new RootSteps(ceremony).newest();
        var signer = root == null
                ? newest.orElseThrow(() -> new CeremonyException("There is no root with its key in "
                        + ceremony.directory().path() + "; make one with `evenroll ca init --root-only`."))
                : root;
        ask(
                "Have you compared the key id by voice, and shall it be certified?",
                "The root " + signer + " will certify, for "
                        + validity.validity().toDays() + " days:",
                "  subject: " + asked.name().subject(),
                "  key id:  " + CaFacts.spoken(asked.keyId()));
        var signed = new IssuingSteps(ceremony).sign(asked, signer, validity.validity());
        report(signed.done());
        var pem = signed.chain().pem();
        if (Files.exists(out) && !Files.readString(out).equals(pem)) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    out
                            + " is there already and is something else; it is not overwritten. The certificate is made and kept"
                            + " in " + signed.done().file() + ": repeat the command with another --out.");
        }
        WholeFile.writePublic(out.toAbsolutePath(), pem.getBytes(StandardCharsets.US_ASCII));
        err().println("Next: carry " + out
                + " back, and compare the fingerprints by voice. There: evenroll ca install "
                + out.getFileName() + " --directory CA_DIR, with --root-fingerprint when this root is new there.");
    }
}
