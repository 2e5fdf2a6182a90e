package dev.evenroll.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/// The textual encoding of PKIX structures (RFC 7468): certificates, requests, revocation lists and
/// unencrypted private keys.
public final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final String OLD_REQUEST = "NEW CERTIFICATE REQUEST";
    private static final String CRL = "X509 CRL";
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private Pem() {}

    private record Block(String label, Der der) {}

    public static String encode(X509Certificate certificate) {
        return encodeCertificate(Certificates.der(certificate));
    }

    /// One block per certificate, in the order of the list.
    public static String encode(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        certificates.forEach(certificate -> text.append(encode(certificate)));
        return text.toString();
    }

    /// The private key as unencrypted PKCS#8: for files that only their owner may read.
    ///
    /// @throws IllegalArgumentException for a key that does not leave its token
    public static String encode(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException(
                    "key: lives in a hardware token and can not be written; refer to it by its label");
        }
        return encode(PRIVATE_KEY, Der.of(encoded));
    }

    public static String encodeCertificate(Der certificate) {
        return encode(CERTIFICATE, certificate);
    }

    public static String encodeCertificationRequest(Der request) {
        return encode(REQUEST, request);
    }

    public static String encodeCrl(Der crl) {
        return encode(CRL, crl);
    }

    private static String encode(String label, Der der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.bytes());
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    /// All certificates of the text, in its order; blocks of other kinds are passed over.
    ///
    /// @throws MalformedException when there is none, or when one can not be decoded
    public static List<X509Certificate> decodeCertificates(String text) throws MalformedException {
        var certificates = new ArrayList<X509Certificate>();
        for (Block block : blocks(text)) {
            if (block.label().equals(CERTIFICATE)) {
                certificates.add(Certificates.decode(block.der()));
            }
        }
        if (certificates.isEmpty()) {
            throw missing(CERTIFICATE);
        }
        return List.copyOf(certificates);
    }

    /// The first unencrypted PKCS#8 private key of the text.
    ///
    /// @throws MalformedException when there is none, or when it can not be decoded
    public static PrivateKey decodePrivateKey(String text) throws MalformedException {
        byte[] encoded = first(text, PRIVATE_KEY).bytes();
        try {
            var algorithm =
                    PrivateKeyInfo.getInstance(encoded).getPrivateKeyAlgorithm().getAlgorithm();
            return BouncyCastle.keyFactory(algorithm.getId()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new MalformedException(
                    "private key",
                    "is not PKCS#8 with a known algorithm; convert it with `openssl pkcs8 -topk8 -nocrypt`",
                    e);
        }
    }

    /// The first certification request of the text, still to be decoded.
    ///
    /// @throws MalformedException when there is none
    public static Der decodeCertificationRequest(String text) throws MalformedException {
        for (Block block : blocks(text)) {
            if (block.label().equals(REQUEST) || block.label().equals(OLD_REQUEST)) {
                return block.der();
            }
        }
        throw missing(REQUEST);
    }

    /// The first certificate revocation list of the text, still to be decoded.
    ///
    /// @throws MalformedException when there is none
    public static Der decodeCrl(String text) throws MalformedException {
        return first(text, CRL);
    }

    private static Der first(String text, String label) throws MalformedException {
        for (Block block : blocks(text)) {
            if (block.label().equals(label)) {
                return block.der();
            }
        }
        throw missing(label);
    }

    private static MalformedException missing(String label) {
        return new MalformedException(
                "PEM text", "holds no block \"" + BEGIN + label + DASHES + "\"; check that the right file was given");
    }

    private static List<Block> blocks(String text) throws MalformedException {
        var blocks = new ArrayList<Block>();
        StringBuilder body = new StringBuilder();
        String label = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                label = line.substring(BEGIN.length(), Math.max(BEGIN.length(), line.length() - DASHES.length()));
                body.setLength(0);
            } else if (line.startsWith(END)) {
                if (label.isEmpty() || !line.equals(END + label + DASHES)) {
                    throw new MalformedException(
                            "PEM text", "\"" + line + "\" ends no block that was begun; restore the file");
                }
                blocks.add(new Block(label, base64(label, body.toString())));
                label = "";
            } else if (!label.isEmpty()) {
                body.append(line);
            }
        }
        if (!label.isEmpty()) {
            throw new MalformedException(
                    "PEM text", "the block \"" + label + "\" has no end line; the file was cut off");
        }
        return blocks;
    }

    private static Der base64(String label, String body) throws MalformedException {
        try {
            return Der.of(Base64.getDecoder().decode(body.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("PEM text", "the block \"" + label + "\" is not Base64; restore the file", e);
        }
    }
}
