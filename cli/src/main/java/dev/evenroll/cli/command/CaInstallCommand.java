package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.InstallSteps;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ceremony.CarriedChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll ca install`.
@Command(
        name = "install",
        description = "Puts the chain that came back from the root in its place.",
        footer = "Checked: that it is for the key that waits, its name, environment, extensions, path and validity.",
        mixinStandardHelpOptions = true)
final class CaInstallCommand extends CaStepCommand {

    @Mixin
    private CaDirectoryOption where = new CaDirectoryOption();

    @Parameters(paramLabel = "CHAIN", description = "The chain that was carried here, PEM.")
    private Path chain = Path.of("");

    @Option(
            names = "--root-fingerprint",
            paramLabel = "SHA-256",
            description =
                    "Fingerprint of the root as it was told by voice: needed for a root that is new here and that no"
                            + " known root has certified. Blanks and colons may stand in it.")
    private @Nullable String rootFingerprint;

    @Override
    Path directory() {
        return where.directory();
    }

    @Override
    void steps(Ceremony ceremony) throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var steps = new InstallSteps(ceremony);
        var carried = CarriedChain.read(Files.readString(chain));
        var name = steps.waitingFor(carried).name().name();
        var fingerprint = Certificates.sha256(carried.root());
        if (rootFingerprint != null && !normalized(rootFingerprint).equals(fingerprint)) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "The root of the chain has the SHA-256 fingerprint " + CaFacts.spoken(fingerprint)
                            + ", not the one given. Nothing is installed: find out which of the two is the root's.");
        }
        if (!ceremony.directory().chains().containsKey(name)) {
            ask(
                    "Have you compared the fingerprints by voice, and shall it be installed?",
                    "The chain of the issuing CA " + name + " will be installed:",
                    "  " + Certificates.subject(carried.issuing()),
                    "    SHA-256 " + CaFacts.spoken(Certificates.sha256(carried.issuing())),
                    "  root " + Certificates.subject(carried.root()),
                    "    SHA-256 " + CaFacts.spoken(fingerprint));
        }
        for (var done : steps.install(carried, rootFingerprint != null)) {
            report(done);
        }
    }

    private static String normalized(String typed) {
        return typed.replaceAll("[\\s:]", "").toLowerCase(Locale.ROOT);
    }
}
