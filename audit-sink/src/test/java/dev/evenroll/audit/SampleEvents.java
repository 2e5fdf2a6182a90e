package dev.evenroll.audit;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.CommandResult;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RegistryChange;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/// One honest event of every kind, and of every way it can end.
public final class SampleEvents {

    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    private static final String ENVIRONMENT = "test";
    private static final String ENROLLMENT = "e".repeat(64);
    private static final String CA = "ab12";
    private static final String SERIAL = "0a0b";
    private static final String CERTIFICATE = CA + "-" + SERIAL;
    private static final ByteBuffer BYTES = ByteBuffer.wrap("secret".getBytes(StandardCharsets.UTF_8));
    private static final List<Finding> FINDINGS = List.of(
            new Finding("weak-key", "key: RSA 1024 is too short; use P-256"),
            new Finding("subject-common-name", "subject: CN is D2, the device is D1"));
    private static final DeviceDescription DESCRIPTION = new DeviceDescription(
            "simulated", "EV-1", "CS-1", "Stadtwerke", "Depot", List.of(EnrollmentModel.FACTORY), null, null);

    private SampleEvents() {}

    /// An event and the topic that it stands on.
    public record Sample(Topic topic, SpecificRecordBase event) {}

    public static List<Sample> all() {
        return List.of(
                new Sample(
                        Topics.DEVICE_COMMANDED,
                        new DeviceCommanded(
                                ENVIRONMENT, NOW, "c-1", "anna", "D1", new RegisterDevice(DESCRIPTION), null)),
                new Sample(Topics.DEVICE_REGISTRY, device(DeviceState.REGISTERED, List.of())),
                new Sample(Topics.DEVICE_REGISTRY, device(DeviceState.ENROLLED, List.of())),
                new Sample(Topics.DEVICE_REGISTRY, device(DeviceState.REGISTERED, FINDINGS)),
                new Sample(Topics.DEVICE_REGISTRY, device(DeviceState.UNKNOWN, List.of())),
                new Sample(Topics.ENROLLMENT_REQUESTED, requested(List.of(idevid()))),
                new Sample(Topics.ENROLLMENT_REQUESTED, requested(List.of())),
                new Sample(Topics.ENROLLMENT_REQUESTED, requested(List.of(BYTES))),
                new Sample(
                        Topics.ENROLLMENT_AUTHORIZED,
                        new EnrollmentAuthorized(
                                ENVIRONMENT,
                                NOW,
                                ENROLLMENT,
                                "D1",
                                "charging-station",
                                "Stadtwerke",
                                BYTES,
                                3,
                                EnrollmentModel.FACTORY,
                                null,
                                "SERIALNUMBER=D1",
                                null)),
                new Sample(
                        Topics.ENROLLMENT_REFUSED,
                        new EnrollmentRefused(
                                ENVIRONMENT,
                                NOW,
                                ENROLLMENT,
                                "D1",
                                FINDINGS,
                                "192.0.2.7",
                                3,
                                EnrollmentModel.FACTORY,
                                null,
                                "SERIALNUMBER=D1")),
                new Sample(
                        Topics.CERTIFICATE_PREPARED,
                        new CertificatePrepared(
                                ENVIRONMENT, NOW, ENROLLMENT, "D1", "charging-station", CA, SERIAL, BYTES, 3)),
                new Sample(
                        Topics.CERTIFICATE_ISSUED,
                        new CertificateIssued(
                                ENVIRONMENT,
                                NOW,
                                ENROLLMENT,
                                "D1",
                                "charging-station",
                                CA,
                                SERIAL,
                                NOW,
                                NOW.plus(Duration.ofDays(365)),
                                BYTES,
                                3)),
                new Sample(
                        Topics.ISSUANCE_REFUSED, new IssuanceRefused(ENVIRONMENT, NOW, ENROLLMENT, "D1", FINDINGS, 3)),
                new Sample(Topics.CERTIFICATE_STATUS, status(CertificateState.ISSUED)),
                new Sample(Topics.CERTIFICATE_STATUS, status(CertificateState.REVOKED)),
                new Sample(
                        Topics.REVOCATION_REQUESTED,
                        new RevocationRequested(
                                ENVIRONMENT, NOW, CERTIFICATE, RevocationReason.KEY_COMPROMISE, "anna")),
                new Sample(
                        Topics.CERTIFICATE_REVOKED,
                        new CertificateRevoked(
                                ENVIRONMENT,
                                NOW,
                                CERTIFICATE,
                                "D1",
                                RevocationReason.KEY_COMPROMISE,
                                "anna",
                                NOW.plus(Duration.ofDays(365)))),
                new Sample(Topics.CRL_PREPARED, new CrlPrepared(ENVIRONMENT, NOW, CA, 0, 7L, BYTES)),
                new Sample(Topics.CRL_SIGNED, new CrlSigned(ENVIRONMENT, NOW, CA, 0, 7L, BYTES)),
                new Sample(
                        Topics.SECURITY_OBSERVED,
                        security(SecurityObservation.AUTHENTICATION_FAILED, Map.of("remoteAddress", "192.0.2.7"))),
                new Sample(
                        Topics.SECURITY_OBSERVED,
                        security(SecurityObservation.ADMINISTRATION_REFUSED, Map.of("actor", "otto"))),
                new Sample(Topics.SECURITY_OBSERVED, security(SecurityObservation.SIGNING_FAULT, Map.of())),
                new Sample(Topics.deadLetter(Principal.ENROLL_GATEWAY), deadLetter(Principal.ENROLL_GATEWAY)),
                new Sample(Topics.deadLetter(Principal.CSR_VALIDATOR), deadLetter(Principal.CSR_VALIDATOR)),
                new Sample(Topics.deadLetter(Principal.ISSUER), deadLetter(Principal.ISSUER)),
                new Sample(Topics.deadLetter(Principal.REVOCATION_SERVICE), deadLetter(Principal.REVOCATION_SERVICE)),
                new Sample(Topics.deadLetter(Principal.AUDIT_SINK), deadLetter(Principal.AUDIT_SINK)));
    }

    private static RegisteredDevice device(DeviceState state, List<Finding> refusals) {
        return new RegisteredDevice(
                ENVIRONMENT,
                NOW,
                "D1",
                DESCRIPTION,
                state,
                NOW,
                1L,
                new CommandResult("c-1", "anna", refusals, RegistryChange.UNKNOWN),
                List.of(),
                RegistryChange.UNKNOWN,
                null,
                null,
                null,
                null);
    }

    private static EnrollmentRequested requested(List<ByteBuffer> chain) {
        return new EnrollmentRequested(
                ENVIRONMENT,
                NOW,
                ENROLLMENT,
                "D1",
                EnrollmentOperation.SIMPLE_ENROLL,
                BYTES,
                chain,
                "192.0.2.7",
                3,
                null,
                null);
    }

    private static ByteBuffer idevid() {
        try {
            var manufacturer = CertificateAuthority.selfSigned("simulated", Duration.ofDays(3650), () -> NOW);
            return ByteBuffer.wrap(manufacturer
                    .issueIdevid("simulated", "D1", Keys.generateP256().getPublic())
                    .getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateStatus status(CertificateState state) {
        var status = CertificateStatus.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setOccurredAt(NOW)
                .setCertificateId(CERTIFICATE)
                .setDeviceId("D1")
                .setEnrollmentId(ENROLLMENT)
                .setState(state)
                .setNotBefore(NOW)
                .setNotAfter(NOW.plus(Duration.ofDays(365)))
                .setCertificate(BYTES);
        return state == CertificateState.ISSUED
                ? status.build()
                : status.setRevokedAt(NOW)
                        .setReason(RevocationReason.KEY_COMPROMISE)
                        .build();
    }

    private static SecurityObserved security(SecurityObservation observation, Map<String, String> attributes) {
        return new SecurityObserved(
                ENVIRONMENT, NOW, "enroll-gateway", observation, "CN=D1", "Something was observed.", attributes);
    }

    private static DeadLetter deadLetter(Principal service) {
        return new DeadLetter(
                ENVIRONMENT,
                NOW,
                service.principalName(),
                "test.certificate.issued.v1",
                3,
                42L,
                "The value is not a well-formed CertificateIssued.",
                ByteBuffer.wrap("D1".getBytes(StandardCharsets.UTF_8)),
                BYTES);
    }
}
