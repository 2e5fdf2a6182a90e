package dev.evenroll.pki.identity;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;

/// The name of a certificate as renewal information uses it (RFC 9773 section 4.1).
///
/// ```
/// base64url(keyIdentifier of authorityKeyIdentifier) "." base64url(content octets of the serial number, DER)
/// ```
///
/// Without padding.
public final class RenewalIdentifier {

    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 200;

    private RenewalIdentifier() {}

    /// Reads one, and nothing that is nearly one: each certificate has one name.
    ///
    /// @throws IllegalArgumentException when the text has another form
    public static CertificateId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "certificate identifier: must be two parts in base64url and a dot between");
        }
        var id = new CertificateId(
                HexFormat.of().formatHex(DECODER.decode(text.substring(0, dot))),
                CertificateId.hex(new BigInteger(octets(DECODER.decode(text.substring(dot + 1))))));
        if (!of(id).equals(text)) {
            throw new IllegalArgumentException("certificate identifier: is not in the one form that RFC 9773 allows");
        }
        return id;
    }

    private static byte[] octets(byte[] serialNumber) {
        if (serialNumber.length == 0) {
            throw new IllegalArgumentException("certificate identifier: has no serial number");
        }
        return serialNumber;
    }

    /// Writes one.
    public static String of(CertificateId certificate) {
        return ENCODER.encodeToString(HexFormat.of().parseHex(certificate.issuerKeyId())) + "."
                + ENCODER.encodeToString(new BigInteger(certificate.serialNumber(), 16).toByteArray());
    }
}
