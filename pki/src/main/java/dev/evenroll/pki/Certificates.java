package dev.evenroll.pki;

import java.io.ByteArrayInputStream;
import java.security.NoSuchProviderException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/// X.509 certificates between their DER encoding and the JDK's object.
public final class Certificates {
    /// Types that RFC 4514 would write as numbers, and their values in hexadecimal digits.
    private static final Map<String, String> KEYWORDS =
            Map.of("2.5.4.5", "serialNumber", "1.2.840.113549.1.9.1", "emailAddress");

    private Certificates() {}

    /// Decodes one certificate.
    ///
    /// @throws MalformedException when the bytes are no X.509 certificate, or more than one
    public static X509Certificate decode(Der der) throws MalformedException {
        var in = new ByteArrayInputStream(der.bytes());
        try {
            var certificate = (X509Certificate) factory().generateCertificate(in);
            if (in.available() > 0) {
                throw new MalformedException(
                        "certificate", in.available() + " bytes follow its end; send the certificate alone");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new MalformedException(
                    "certificate", "is not an X.509 certificate in DER; check the file or the sender", e);
        }
    }

    /// The DER encoding of a certificate.
    public static Der der(X509Certificate certificate) {
        try {
            return Der.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a decoded certificate can not be encoded again", e);
        }
    }

    /// The subject for people (RFC 4514), for example `serialNumber=SN-1,O=Maker`.
    public static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    /// The issuer for people (RFC 4514).
    public static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    /// The fingerprint: the SHA-256 digest of the DER encoding in 64 lower-case hexadecimal digits.
    public static String sha256(X509Certificate certificate) {
        return der(certificate).sha256Hex();
    }

    /// Whether the certificate is that of a registration authority, which may enroll others: its
    /// extendedKeyUsage names [KeyPurpose#CMC_RA]. One whose extension can not be decoded is none.
    public static boolean isRegistrationAuthority(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(KeyPurpose.CMC_RA);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static String name(X500Principal name) {
        return name.getName(X500Principal.RFC2253, KEYWORDS);
    }

    private static CertificateFactory factory() throws CertificateException {
        try {
            return CertificateFactory.getInstance("X.509", "SUN");
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException("the provider SUN is missing from this JDK; run on a complete JDK 25", e);
        }
    }
}
