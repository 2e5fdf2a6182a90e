package dev.evenroll.validator.validation;

import dev.evenroll.pki.identity.CertificateId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What this service knows of the certificates that were issued to one device, those included that have expired no
/// longer than [Judge#LONGEST_RENEWAL_GRACE] ago.
public interface DeviceCertificates {

    /// Whether it is revoked.
    boolean isRevoked(CertificateId certificate);

    /// Whether it was issued before the device last began anew: before it was decommissioned, or got another owner.
    boolean isOfFormerLife(CertificateId certificate);

    /// How many other enrollments of the device may have led, or may still lead, to a certificate in use: one that is
    /// valid and not revoked, and no older than the one that the device has used.
    ///
    /// @param enrollmentId the enrollment that is judged: not counted
    /// @param usedNotBefore start of validity of the newest certificate that the device has used; null when it has
    ///     used none
    long othersInUse(String enrollmentId, @Nullable Instant usedNotBefore, Instant now);
}
