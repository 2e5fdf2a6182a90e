package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.IssuanceRefused;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;

/// One kind of event on a source topic that is keyed by device.
///
/// @param codec how it is read
/// @param environment the environment that an event says it belongs to
/// @param deviceId the device that an event is about: what its key has to be
record EventKind<T extends SpecificRecordBase>(
        Codec<T> codec, Function<T, String> environment, Function<T, String> deviceId) {

    static final EventKind<DeviceCommanded> DEVICE_COMMANDED = new EventKind<>(
            Codec.of(DeviceCommanded.class), DeviceCommanded::getEnvironment, DeviceCommanded::getDeviceId);
    static final EventKind<EnrollmentRequested> ENROLLMENT_REQUESTED = new EventKind<>(
            Codec.of(EnrollmentRequested.class), EnrollmentRequested::getEnvironment, EnrollmentRequested::getDeviceId);
    static final EventKind<EnrollmentRefused> ENROLLMENT_REFUSED = new EventKind<>(
            Codec.of(EnrollmentRefused.class), EnrollmentRefused::getEnvironment, EnrollmentRefused::getDeviceId);
    static final EventKind<CertificateIssued> CERTIFICATE_ISSUED = new EventKind<>(
            Codec.of(CertificateIssued.class), CertificateIssued::getEnvironment, CertificateIssued::getDeviceId);
    static final EventKind<IssuanceRefused> ISSUANCE_REFUSED = new EventKind<>(
            Codec.of(IssuanceRefused.class), IssuanceRefused::getEnvironment, IssuanceRefused::getDeviceId);
}
