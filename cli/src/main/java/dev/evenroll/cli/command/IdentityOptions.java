package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say by what a device is known before it has a certificate of ours.
final class IdentityOptions {

    /// What takes a value away.
    static final String NONE = "none";

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    @Option(
            names = "--idevid-sha256",
            paramLabel = "HEX",
            description = "SHA-256 of the only manufacturer certificate that it may come with.")
    private @Nullable String idevidSha256;

    @Option(
            names = "--idevid",
            paramLabel = "FILE",
            description = "That certificate itself, PEM, instead of --idevid-sha256.")
    private @Nullable Path idevid;

    @Option(
            names = "--key-sha256",
            paramLabel = "HEX",
            description =
                    "SHA-256 of the SubjectPublicKeyInfo of the only key that it may ask a certificate for first.")
    private @Nullable String keySha256;

    /// The manufacturer certificate's digest, or [#NONE]; empty when nothing is said.
    Optional<String> idevid(OperatorCommand command) throws FailedCommandException, IOException {
        if (idevid != null && idevidSha256 != null) {
            throw command.usage("--idevid and --idevid-sha256 say the same: give one of them");
        }
        if (idevid == null) {
            return digest(command, "--idevid-sha256", idevidSha256);
        }
        try {
            return Optional.of(Certificates.der(
                            Pem.decodeCertificates(Files.readString(idevid)).getFirst())
                    .sha256Hex());
        } catch (MalformedException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED, idevid + " is no certificate in PEM: " + e.getMessage() + ".", e);
        }
    }

    /// The key's digest, or [#NONE]; empty when nothing is said.
    Optional<String> key(OperatorCommand command) {
        return digest(command, "--key-sha256", keySha256);
    }

    private static Optional<String> digest(OperatorCommand command, String option, @Nullable String given) {
        if (given == null || given.equals(NONE)) {
            return Optional.ofNullable(given);
        }
        // As openssl prints a fingerprint too: upper case, colons between.
        var normal = given.replace(":", "").toLowerCase(Locale.ROOT);
        if (!SHA_256.matcher(normal).matches()) {
            throw command.usage(option + " must be 64 hexadecimal digits, the SHA-256 digest");
        }
        return Optional.of(normal);
    }
}
