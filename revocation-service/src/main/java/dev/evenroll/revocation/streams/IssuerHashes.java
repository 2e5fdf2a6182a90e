package dev.evenroll.revocation.streams;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.issuance.IssuingCertificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A CA as CertificateHashDataType of OCPP 2.0.1 names it: by the hashes of a CertID (RFC 6960 section 4.1.1).
///
/// @param name SHA-256 of the subject (DER), lower-case hexadecimal digits
/// @param key SHA-256 of the public key, without tag, length and unused bits, lower-case hexadecimal digits
record IssuerHashes(String name, String key) {

    static final String ALGORITHM = "SHA256";

    static IssuerHashes of(IssuingCertificate issuer) {
        var key = SubjectPublicKeyInfo.getInstance(issuer.publicKey().getEncoded());
        return new IssuerHashes(
                issuer.subjectDer().sha256Hex(),
                Der.of(key.getPublicKeyData().getBytes()).sha256Hex());
    }
}
