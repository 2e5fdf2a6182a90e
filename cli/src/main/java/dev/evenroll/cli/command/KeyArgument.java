package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.request.CertificationRequest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Names a public key: by the SHA-256 digest of its SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), or by a file that
/// holds it.
final class KeyArgument {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    @Parameters(
            arity = "0..1",
            paramLabel = "SHA256",
            description = "SHA-256 of its SubjectPublicKeyInfo, 64 hexadecimal digits.")
    private @Nullable String sha256;

    @Option(names = "--certificate", paramLabel = "FILE", description = "PEM: a certificate that carries it.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM: the public key itself (BEGIN PUBLIC KEY).")
    private @Nullable Path key;

    @Option(names = "--csr", paramLabel = "FILE", description = "PEM: a certification request for it.")
    private @Nullable Path csr;

    /// The digest of the key that is meant.
    String sha256(OperatorCommand command) throws FailedCommandException, IOException {
        long given = Stream.of(sha256, certificate, key, csr)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw command.usage("Name one key: give SHA256, --certificate, --key or --csr"
                    + (given == 0 ? "" : ", and only one of them"));
        }
        if (certificate != null) {
            return read(certificate, "certificate", KeyArgument::ofCertificate);
        }
        if (key != null) {
            return read(key, "public key", KeyArgument::ofPublicKey);
        }
        if (csr != null) {
            return read(
                    csr,
                    "certification request",
                    text -> CertificationRequest.decode(Pem.decodeCertificationRequest(text))
                            .spkiSha256());
        }
        return digest(command, String.valueOf(sha256));
    }

    /// The digest that a person wrote.
    static String digest(OperatorCommand command, String given) {
        // As openssl prints a digest too: upper case, colons between.
        var normal = given.replace(":", "").toLowerCase(Locale.ROOT);
        if (!SHA_256.matcher(normal).matches()) {
            throw command.usage("SHA256 must be 64 hexadecimal digits, the digest of the SubjectPublicKeyInfo; where"
                    + " the key is in a file give --certificate, --key or --csr");
        }
        return normal;
    }

    /// Not by way of the decoded key: what is hashed are the bytes that stand in the certificate.
    private static String ofCertificate(String text) throws MalformedException {
        var der = Certificates.der(Pem.decodeCertificates(text).getFirst());
        try {
            var spki = Certificate.getInstance(der.bytes()).getSubjectPublicKeyInfo();
            return Der.of(spki.getEncoded()).sha256Hex();
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedException("certificate", "holds no usable SubjectPublicKeyInfo", e);
        }
    }

    private static String ofPublicKey(String text) throws MalformedException {
        try (var reader = new PemReader(new StringReader(text))) {
            for (var block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                if (block.getType().endsWith("PRIVATE KEY")) {
                    throw new MalformedException(
                            "public key",
                            "is a private key; keep that to itself, and write the public one with `openssl"
                                    + " pkey -pubout`");
                }
                if (block.getType().equals("PUBLIC KEY")) {
                    var spki = SubjectPublicKeyInfo.getInstance(block.getContent());
                    return Der.of(spki.getEncoded(ASN1Encoding.DER)).sha256Hex();
                }
            }
            throw new MalformedException("PEM text", "holds no block \"-----BEGIN PUBLIC KEY-----\"");
        } catch (IOException | IllegalArgumentException | DecoderException e) {
            throw new MalformedException(
                    "public key", "is no SubjectPublicKeyInfo; write it with `openssl pkey -pubout`", e);
        }
    }

    /// The digest of the key that a certificate carries.
    ///
    /// @param text the certificate, PEM
    /// @param name whose it is, for a message
    static String ofPem(String text, String name) throws FailedCommandException {
        try {
            return ofCertificate(text);
        } catch (MalformedException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "The inventory's certificate " + name + " can not be read: " + e.getMessage() + ".",
                    e);
        }
    }

    @FunctionalInterface
    private interface Reading {
        String of(String text) throws MalformedException;
    }

    private static String read(Path file, String what, Reading reading) throws FailedCommandException, IOException {
        try {
            return reading.of(Files.readString(file));
        } catch (MalformedException | MalformedInputException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    file + " is no " + what + " in PEM: "
                            + (e instanceof MalformedException ? e.getMessage() : "it is not text") + ".",
                    e);
        }
    }
}
