package dev.evenroll.issuer.service;

import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.signing.IssuingKey;
import dev.evenroll.pki.issuance.IssuingCertificate;

/// The CA of this process: its key, its certificate, and the profiles it issues under.
record Authority(IssuingKey key, IssuingCertificate certificate, Profiles profiles) {

    /// Subject of the CA's certificate (RFC 2253).
    String name() {
        return certificate.certificate().getSubjectX500Principal().getName();
    }
}
