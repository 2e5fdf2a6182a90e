package dev.evenroll.validator.validation;

import dev.evenroll.pki.identity.CertificateId;

/// What this service knows of the certificates that were issued to one device, those included that have expired no
/// longer than [Judge#LONGEST_RENEWAL_GRACE] ago.
public interface DeviceCertificates {

    /// Whether it is revoked.
    boolean isRevoked(CertificateId certificate);

    /// Whether it was issued before the device last began anew: before it was decommissioned, or got another owner.
    boolean isOfFormerLife(CertificateId certificate);
}
