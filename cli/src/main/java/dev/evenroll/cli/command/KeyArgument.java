package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.request.CertificationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Names a public key: by the digest of its SubjectPublicKeyInfo, or by a file that holds it.
final class KeyArgument {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PUBLIC_KEY =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    @Parameters(
            arity = "0..1",
            paramLabel = "SHA256",
            description = "SHA-256 of its SubjectPublicKeyInfo in DER, hexadecimal.")
    private @Nullable String sha256;

    @Option(names = "--certificate", paramLabel = "FILE", description = "The key of this certificate, PEM.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The key in this file, PEM: PUBLIC KEY or CERTIFICATE REQUEST. A private key is not read.")
    private @Nullable Path key;

    /// The digest in hexadecimal digits.
    String sha256(OperatorCommand command) throws FailedCommandException, IOException {
        int given = (sha256 == null ? 0 : 1) + (certificate == null ? 0 : 1) + (key == null ? 0 : 1);
        if (given != 1) {
            throw command.usage("Give one of SHA256, --certificate FILE and --key FILE");
        }
        try {
            if (certificate != null) {
                var found =
                        Pem.decodeCertificates(Files.readString(certificate)).getFirst();
                return Der.of(found.getPublicKey().getEncoded()).sha256Hex();
            }
            if (key != null) {
                return ofKey(Files.readString(key));
            }
        } catch (MalformedException | IllegalArgumentException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    (key == null ? certificate : key) + " can not be used: " + e.getMessage() + ".",
                    e);
        }
        // As openssl prints a digest too: upper case, colons between.
        var normal = String.valueOf(sha256).replace(":", "").toLowerCase(Locale.ROOT);
        if (!SHA_256.matcher(normal).matches()) {
            throw command.usage("SHA256 must be 64 hexadecimal digits");
        }
        return normal;
    }

    private static String ofKey(String text) throws MalformedException {
        var publicKey = PUBLIC_KEY.matcher(text);
        if (publicKey.find()) {
            return Der.of(Base64.getMimeDecoder().decode(publicKey.group(1))).sha256Hex();
        }
        return CertificationRequest.decode(Pem.decodeCertificationRequest(text)).spkiSha256();
    }
}
