package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.KeyCommanded;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;

/// One kind of event on a source topic.
///
/// @param codec how it is read
/// @param environment the environment that an event says it belongs to
/// @param subject what the topic is keyed by, for a message: device, certificate or key
/// @param key the subject that an event is about: what its key has to be
/// @param awaited whether a device waits for what follows
record EventKind<T extends SpecificRecordBase>(
        Codec<T> codec, Function<T, String> environment, String subject, Function<T, String> key, boolean awaited) {

    private static final String DEVICE = "device";

    static final EventKind<DeviceCommanded> DEVICE_COMMANDED = new EventKind<>(
            Codec.of(DeviceCommanded.class),
            DeviceCommanded::getEnvironment,
            DEVICE,
            DeviceCommanded::getDeviceId,
            false);
    static final EventKind<KeyCommanded> KEY_COMMANDED = new EventKind<>(
            Codec.of(KeyCommanded.class), KeyCommanded::getEnvironment, "key", KeyCommanded::getKeySha256, false);
    static final EventKind<EnrollmentRequested> ENROLLMENT_REQUESTED = new EventKind<>(
            Codec.of(EnrollmentRequested.class),
            EnrollmentRequested::getEnvironment,
            DEVICE,
            EnrollmentRequested::getDeviceId,
            true);
    static final EventKind<EnrollmentRefused> ENROLLMENT_REFUSED = new EventKind<>(
            Codec.of(EnrollmentRefused.class),
            EnrollmentRefused::getEnvironment,
            DEVICE,
            EnrollmentRefused::getDeviceId,
            false);
    static final EventKind<CertificateIssued> CERTIFICATE_ISSUED = new EventKind<>(
            Codec.of(CertificateIssued.class),
            CertificateIssued::getEnvironment,
            DEVICE,
            CertificateIssued::getDeviceId,
            false);
    static final EventKind<IssuanceRefused> ISSUANCE_REFUSED = new EventKind<>(
            Codec.of(IssuanceRefused.class),
            IssuanceRefused::getEnvironment,
            DEVICE,
            IssuanceRefused::getDeviceId,
            false);
    static final EventKind<CertificateRevoked> CERTIFICATE_REVOKED = new EventKind<>(
            Codec.of(CertificateRevoked.class),
            CertificateRevoked::getEnvironment,
            "certificate",
            CertificateRevoked::getCertificateId,
            false);
    /// The same event in the repartition topic.
    static final EventKind<CertificateRevoked> CERTIFICATE_OF_DEVICE_REVOKED = new EventKind<>(
            Codec.of(CertificateRevoked.class),
            CertificateRevoked::getEnvironment,
            DEVICE,
            CertificateRevoked::getDeviceId,
            false);
}
