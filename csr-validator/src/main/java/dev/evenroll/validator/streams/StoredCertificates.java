package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.validator.validation.DeviceCertificates;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the stores of a task hold of the certificates of one device.
record StoredCertificates(String deviceId, DeviceTask task) implements DeviceCertificates {

    @Override
    public boolean isRevoked(CertificateId certificate) {
        return task.certificates().isRevoked(deviceId, certificate);
    }

    @Override
    public boolean isOfFormerLife(CertificateId certificate) {
        return task.certificates().isOfFormerLife(deviceId, certificate);
    }

    @Override
    public long othersInUse(String enrollmentId, @Nullable Instant usedNotBefore, Instant now) {
        return task.enrollments()
                .count(
                        deviceId,
                        (id, enrollment) -> !id.equals(enrollmentId)
                                && enrollment.mayBeInUse(usedNotBefore, now, task.inFlightLimit()));
    }
}
