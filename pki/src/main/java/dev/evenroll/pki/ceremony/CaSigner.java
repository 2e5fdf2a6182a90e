package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Who signs a certificate of a CA: a root, which for its own certificate has none yet.
public final class CaSigner {

    private final X500Name name;
    private final PublicKey key;
    private final byte[] keyId;
    private final Instant notBefore;
    private final Instant notAfter;

    private CaSigner(X500Name name, PublicKey key, byte[] keyId, Instant notBefore, Instant notAfter) {
        this.name = name;
        this.key = key;
        this.keyId = keyId;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
    }

    /// A root that has its certificate.
    public static CaSigner of(IssuingCertificate root) {
        return new CaSigner(root.subject(), root.publicKey(), root.keyIdBytes(), root.notBefore(), root.notAfter());
    }

    /// A root about to sign its own certificate, of a validity of its own.
    static CaSigner itself(CaName name, PublicKey key, Instant notBefore, Instant notAfter) {
        var info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        return new CaSigner(name.subject(), key, KeyIdentifiers.of(info), notBefore, notAfter);
    }

    X500Name name() {
        return name;
    }

    /// Its public key.
    public PublicKey key() {
        return key;
    }

    SubjectPublicKeyInfo keyInfo() {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }

    /// How it signs.
    public SignatureScheme scheme() {
        return SignatureScheme.of(key);
    }

    AuthorityKeyIdentifier keyIdentifier() {
        return new AuthorityKeyIdentifier(Arrays.copyOf(keyId, keyId.length));
    }

    Instant notBefore() {
        return notBefore;
    }

    Instant notAfter() {
        return notAfter;
    }
}
