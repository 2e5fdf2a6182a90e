package dev.evenroll.revocation.device;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import java.time.Instant;
import java.util.Optional;

/// What follows for a certificate of a device from what has become of the device.
public sealed interface Happening {

    /// The device has been seen with it for the first time.
    record Installed(CertificateId certificate, Instant at) implements Happening {}

    /// The device was seen with a later one, and the grace is over.
    record Superseded(CertificateId certificate, Instant at) implements Happening {}

    /// Its validity has ended.
    record Expired(CertificateId certificate, Instant at) implements Happening {}

    /// It has to be revoked.
    ///
    /// @param actor who has caused it
    /// @param cause in a sentence
    record RevocationDue(CertificateId certificate, CrlReason reason, String actor, String cause)
            implements Happening {}

    /// It is to be renewed.
    ///
    /// @param step anything but [RenewalStep#OVERDUE]
    /// @param dueAt when it became due
    record RenewalDue(DeviceCertificate certificate, RenewalStep step, Instant dueAt) implements Happening {}

    /// It will soon expire, and was not renewed.
    ///
    /// @param dueAt when its renewal became due
    record RenewalOverdue(DeviceCertificate certificate, Instant dueAt) implements Happening {}

    /// The device has not been seen with it in time.
    ///
    /// @param inUse the certificate that the device was last seen with and that is still good
    record InstallationOverdue(DeviceCertificate certificate, Optional<CertificateId> inUse) implements Happening {}

    /// It was revoked, and should be deleted on the station.
    record DeletionDue(CertificateId certificate, CrlReason reason) implements Happening {}
}
