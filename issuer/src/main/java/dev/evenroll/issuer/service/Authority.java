package dev.evenroll.issuer.service;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.issuer.crl.CrlIssuer;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.issuance.Rehearsal;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The CA of this process: its key, its certificate, the profiles it issues under, and who works with them.
record Authority(IssuingKey key, IssuingCertificate certificate, Profiles profiles, InstantSource clock) {

    /// Subject of the CA's certificate (RFC 2253).
    String name() {
        return certificate.certificate().getSubjectX500Principal().getName();
    }

    CertificatePreparer preparer() {
        return new CertificatePreparer(certificate, profiles, new SecureRandom(), clock);
    }

    CertificateIssuer issuer() {
        return new CertificateIssuer(key, certificate, profiles, clock);
    }

    CrlIssuer crlIssuer() {
        return new CrlIssuer(key, certificate, clock);
    }

    Rehearsal rehearsal() {
        return new Rehearsal(certificate, profiles, preparer(), issuer());
    }
}
