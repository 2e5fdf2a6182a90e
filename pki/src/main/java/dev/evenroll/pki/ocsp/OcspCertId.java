package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The name by which a client asks for the status of one certificate (CertID, RFC 6960 section 4.1.1).
///
/// ```
/// SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
///            serialNumber INTEGER }
/// ```
///
/// Two are equal when their encodings are, so that an answer kept for one is the answer to the other. One certificate
/// has several: a hash may be another, or its parameters left out.
///
/// @param hashAlgorithm DER
/// @param issuerNameHash DER: the OCTET STRING
/// @param issuerKeyHash DER: the OCTET STRING
/// @param serialNumber any number: whether a certificate can have it, [#certificateId] says
public record OcspCertId(Der hashAlgorithm, Der issuerNameHash, Der issuerKeyHash, BigInteger serialNumber) {
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final byte INTEGER = 0x02;
    private static final int PARTS = 4;
    private static final int MAXIMUM_SERIAL_NUMBER_BITS = 159;

    public OcspCertId {
        requireTag(hashAlgorithm, SEQUENCE, "hashAlgorithm");
        requireTag(issuerNameHash, OCTET_STRING, "issuerNameHash");
        requireTag(issuerKeyHash, OCTET_STRING, "issuerKeyHash");
    }

    private static void requireTag(Der der, byte tag, String field) {
        if (der.length() < 2 || der.bytes()[0] != tag) {
            throw new IllegalArgumentException(field + ": is not what RFC 6960 section 4.1.1 says, in DER");
        }
    }

    /// Names a certificate, as clients do.
    ///
    /// @param issuer the CA that issued it
    public static OcspCertId of(HashAlgorithm hash, IssuingCertificate issuer, BigInteger serialNumber) {
        return new OcspCertId(hash.identifier(), nameHash(hash, issuer), keyHash(hash, issuer), serialNumber);
    }

    /// Whether the certificate is said to be of this CA. Who asks that often keeps an [OcspIssuer].
    public boolean isOf(IssuingCertificate issuer) {
        return OcspIssuer.of(issuer).issued(this);
    }

    private static Der nameHash(HashAlgorithm hash, IssuingCertificate issuer) {
        return octetString(hash.digest(issuer.subjectDer().bytes()));
    }

    private static Der keyHash(HashAlgorithm hash, IssuingCertificate issuer) {
        var key = SubjectPublicKeyInfo.getInstance(issuer.publicKey().getEncoded());
        return octetString(hash.digest(key.getPublicKeyData().getOctets()));
    }

    private static Der octetString(byte[] octets) {
        return Der.of(DerWriter.tagged(OCTET_STRING, octets));
    }

    /// The certificate under this issuer, as everything else here calls it. Empty when the CA can not have issued it:
    /// the serial number is not positive or has more than 20 octets.
    ///
    /// @param issuer one that [#isOf] has said yes to
    public Optional<CertificateId> certificateId(IssuingCertificate issuer) {
        return serialNumber.signum() <= 0 || serialNumber.bitLength() > MAXIMUM_SERIAL_NUMBER_BITS
                ? Optional.empty()
                : Optional.of(new CertificateId(issuer.keyId(), CertificateId.hex(serialNumber)));
    }

    /// Takes a decoded CertID apart.
    ///
    /// @throws IllegalArgumentException when it is something else; other exceptions as Bouncy Castle has them
    static OcspCertId of(ASN1Sequence parts) {
        if (parts.size() != PARTS) {
            throw new IllegalArgumentException("not a CertID");
        }
        return new OcspCertId(
                Der.of(StrictDer.encode(AlgorithmIdentifier.getInstance(parts.getObjectAt(0)))),
                Der.of(StrictDer.encode(ASN1OctetString.getInstance(parts.getObjectAt(1)))),
                Der.of(StrictDer.encode(ASN1OctetString.getInstance(parts.getObjectAt(2)))),
                ASN1Integer.getInstance(parts.getObjectAt(3)).getValue());
    }

    byte[] encode() {
        return DerWriter.tagged(
                SEQUENCE,
                hashAlgorithm.bytes(),
                issuerNameHash.bytes(),
                issuerKeyHash.bytes(),
                DerWriter.tagged(INTEGER, serialNumber.toByteArray()));
    }
}
