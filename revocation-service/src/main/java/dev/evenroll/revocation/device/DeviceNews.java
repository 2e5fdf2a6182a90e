package dev.evenroll.revocation.device;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import java.time.Instant;
import java.util.Optional;

/// What becomes known of a device or of one of its certificates.
public sealed interface DeviceNews {

    /// A certificate was entered in the inventory. Again changes nothing.
    record Entered(DeviceCertificate certificate) implements DeviceNews {}

    /// A certificate was put on hold, released, or revoked.
    ///
    /// @param reason why it was revoked; empty unless it was
    record Moved(CertificateId certificate, DeviceCertificate.Standing standing, Optional<CrlReason> reason)
            implements DeviceNews {}

    /// The device was seen with a certificate, perhaps not for the first time.
    record Used(CertificateId certificate, Instant at) implements DeviceNews {}

    /// The registry has said this of the device.
    record Registered(RegistryEntry entry) implements DeviceNews {}

    /// Something may be due.
    record TimePassed() implements DeviceNews {}
}
