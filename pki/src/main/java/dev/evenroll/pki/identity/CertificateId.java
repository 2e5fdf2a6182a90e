package dev.evenroll.pki.identity;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/// The name of one certificate: the key that signed it and the serial number under it.
///
/// @param issuerKeyId the subject key identifier of the issuing CA in lower-case hexadecimal digits
/// @param serialNumber the serial number in lower-case hexadecimal digits: an even number of them, at most
///     40, no leading `00`
public record CertificateId(String issuerKeyId, String serialNumber) {
    private static final Pattern KEY_ID = Pattern.compile("([0-9a-f]{2}){1,64}");
    private static final Pattern SERIAL_NUMBER = Pattern.compile("(?!00)([0-9a-f]{2}){1,20}");

    public CertificateId {
        if (!KEY_ID.matcher(issuerKeyId).matches()) {
            throw new IllegalArgumentException("issuer key id: must be 1 to 64 bytes in lower-case hexadecimal digits");
        }
        if (!SERIAL_NUMBER.matcher(serialNumber).matches()) {
            throw new IllegalArgumentException(
                    "serial number: must be 1 to 20 bytes in lower-case hexadecimal digits without a leading 00");
        }
    }

    /// Reads what [#value] wrote.
    ///
    /// @throws IllegalArgumentException when the text has another form
    public static CertificateId parse(String value) {
        int dash = value.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException(
                    "certificate id: must be the issuer's key id, '-' and the serial number");
        }
        return new CertificateId(value.substring(0, dash), value.substring(dash + 1));
    }

    /// The name of a certificate.
    ///
    /// @throws IllegalArgumentException when it does not say which key signed it; see [#find]
    public static CertificateId of(X509Certificate certificate) {
        return find(certificate)
                .orElseThrow(() -> new IllegalArgumentException(
                        "certificate: has no usable authorityKeyIdentifier or serial number; it was issued elsewhere"));
    }

    /// The name of a certificate that may come from anywhere: empty when it has no authorityKeyIdentifier
    /// with a key identifier, or a serial number that is not positive or longer than 20 bytes.
    public static Optional<CertificateId> find(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId());
        if (extension == null) {
            return Optional.empty();
        }
        try {
            byte[] keyId = StrictDer.structure("authorityKeyIdentifier", "is not that of RFC 5280", () -> {
                var content = ASN1OctetString.getInstance(extension).getOctets();
                return Objects.requireNonNull(
                        AuthorityKeyIdentifier.getInstance(content).getKeyIdentifierOctets());
            });
            return Optional.of(new CertificateId(HexFormat.of().formatHex(keyId), hex(certificate.getSerialNumber())));
        } catch (MalformedException | IllegalArgumentException e) {
            // Somebody else's certificate, which needs no name of ours.
            return Optional.empty();
        }
    }

    /// A serial number in the form that this name uses.
    ///
    /// @throws IllegalArgumentException when it is not positive
    public static String hex(BigInteger serialNumber) {
        if (serialNumber.signum() <= 0) {
            throw new IllegalArgumentException("serial number: must be positive (RFC 5280 section 4.1.2.2)");
        }
        String digits = serialNumber.toString(16);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    /// Issuer's key id, `-`, serial number: the key of topics and the address of a certificate.
    public String value() {
        return issuerKeyId + "-" + serialNumber;
    }

    @Override
    public String toString() {
        return value();
    }
}
