package dev.evenroll.issuer.authority;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;

/// An issuing CA: its name, its key and its certificate.
public record Authority(AuthorityName name, IssuingKey key, IssuingCertificate certificate) {

    /// The subjectKeyIdentifier, lower-case hex: what records name the CA by.
    public String keyId() {
        return certificate.keyId();
    }

    @Override
    public String toString() {
        return name + " " + keyId();
    }
}
