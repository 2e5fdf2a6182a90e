package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// To which certificates and CAs a registration authority is bound, by file or by fingerprint.
final class BindingOptions {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM: its certificate; no other one with its CN counts. May be repeated, for a change-over.")
    private List<Path> certificateFiles = List.of();

    @Option(
            names = "--certificate-sha256",
            paramLabel = "HEX",
            description = "The same, by the SHA-256 of the certificate in DER; colons are passed over.")
    private List<String> certificates = List.of();

    @Option(
            names = "--issuer",
            paramLabel = "FILE",
            description = "PEM: the CA that issues its certificates; no other CA's count. May be repeated.")
    private List<Path> issuerFiles = List.of();

    @Option(
            names = "--issuer-sha256",
            paramLabel = "HEX",
            description = "The same, by the SHA-256 of the CA's certificate in DER; colons are passed over.")
    private List<String> issuers = List.of();

    @Option(names = "--unbound", description = "Any certificate with its CN of the only CA counts.")
    private boolean unbound;

    /// @param before what it is bound to until now
    List<String> certificates(OperatorCommand command, List<String> before) throws FailedCommandException, IOException {
        return wanted(command, certificateFiles, certificates, before);
    }

    /// @param before what it is bound to until now
    List<String> issuers(OperatorCommand command, List<String> before) throws FailedCommandException, IOException {
        return wanted(command, issuerFiles, issuers, before);
    }

    private List<String> wanted(OperatorCommand command, List<Path> files, List<String> digests, List<String> before)
            throws FailedCommandException, IOException {
        var given = new ArrayList<String>();
        for (var file : files) {
            given.add(sha256(file));
        }
        for (var digest : digests) {
            var plain = digest.replace(":", "").toLowerCase(Locale.ROOT);
            if (!SHA256.matcher(plain).matches()) {
                throw command.usage("'" + digest + "' is no SHA-256; give 64 hexadecimal digits, as `openssl x509"
                        + " -fingerprint -sha256` prints them");
            }
            given.add(plain);
        }
        if (unbound && !given.isEmpty()) {
            throw command.usage("--unbound excludes certificates and CAs");
        }
        return unbound || !given.isEmpty() ? given : before;
    }

    /// The first certificate of a file: what stands behind it is the way up.
    private static String sha256(Path file) throws FailedCommandException, IOException {
        try {
            return Certificates.der(Pem.decodeCertificates(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .getFirst())
                    .sha256Hex();
        } catch (MalformedException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED, file + " holds no certificate in PEM: " + e.getMessage(), e);
        }
    }
}
