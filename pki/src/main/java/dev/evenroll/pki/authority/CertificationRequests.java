package dev.evenroll.pki.authority;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Making certification requests (RFC 2986), as a device does.
public final class CertificationRequests {
    private CertificationRequests() {}

    /// A request for a device of an operator, DER.
    public static Der create(KeyPair keys, String commonName, String organization) {
        return create(
                keys,
                new X500NameBuilder()
                        .addRDN(BCStyle.O, new DERUTF8String(organization))
                        .addRDN(BCStyle.CN, new DERUTF8String(commonName))
                        .build());
    }

    /// A request for a device without an operator, DER.
    public static Der create(KeyPair keys, String commonName) {
        return create(
                keys,
                new X500NameBuilder()
                        .addRDN(BCStyle.CN, new DERUTF8String(commonName))
                        .build());
    }

    /// A request to renew a certificate: the same subject (RFC 7030 section 4.2.2), DER.
    public static Der renew(KeyPair next, X509Certificate present) {
        return create(
                next, X500Name.getInstance(present.getSubjectX500Principal().getEncoded()));
    }

    private static Der create(KeyPair keys, X500Name subject) {
        var info = new CertificationRequestInfo(
                subject, SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), new DERSet());
        try {
            return sign(info, keys, SignatureScheme.of(keys.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("keys: can not sign; give a software key pair of one algorithm", e);
        }
    }

    private static Der sign(CertificationRequestInfo info, KeyPair keys, SignatureScheme scheme)
            throws GeneralSecurityException {
        Signature signature = scheme.newSignature();
        signature.initSign(keys.getPrivate());
        signature.update(StrictDer.encode(info));
        return Der.of(StrictDer.encode(
                new CertificationRequest(info, scheme.algorithmIdentifier(), new DERBitString(signature.sign()))));
    }
}
