package dev.evenroll.audit;

import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.event.ResponderRequested;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/// One honest event of every kind, and of every way it can end.
public final class SampleEvents {

    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    static final String ENVIRONMENT = "test";
    static final String ENROLLMENT = "e".repeat(64);
    static final String TOKEN_SHA256 = "f00d".repeat(16);
    private static final String CA = "ab12";
    private static final String SERIAL = "0a0b";
    private static final String CERTIFICATE = CA + "-" + SERIAL;
    private static final Acceptance ACCEPTANCE = new Acceptance(NOW, 1L);
    static final ByteBuffer BYTES = ByteBuffer.wrap("secret".getBytes(StandardCharsets.UTF_8));
    static final List<Finding> FINDINGS = List.of(
            new Finding("weak-key", "key: RSA 1024 is too short; use P-256"),
            new Finding("subject-common-name", "subject: CN is D2, the device is D1"));

    private SampleEvents() {}

    /// An event and the topic that it stands on.
    public record Sample(Topic topic, SpecificRecordBase event) {}

    public static List<Sample> all() {
        return Stream.of(
                        RegistrySamples.all(),
                        EnrollmentSamples.all(),
                        certificates(),
                        RenewalSamples.all(),
                        observations())
                .flatMap(samples -> samples)
                .toList();
    }

    private static Stream<Sample> certificates() {
        return Stream.of(
                new Sample(
                        Topics.CERTIFICATE_PREPARED,
                        new CertificatePrepared(
                                ENVIRONMENT,
                                NOW,
                                ENROLLMENT,
                                "D1",
                                "charging-station",
                                CA,
                                SERIAL,
                                BYTES,
                                3,
                                ACCEPTANCE,
                                KeyAssurance.UNKNOWN,
                                false)),
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
                                3,
                                ACCEPTANCE)),
                new Sample(
                        Topics.ISSUANCE_REFUSED,
                        new IssuanceRefused(ENVIRONMENT, NOW, ENROLLMENT, "D1", FINDINGS, 3, ACCEPTANCE)),
                new Sample(
                        Topics.RESPONDER_REQUESTED,
                        new ResponderRequested(ENVIRONMENT, NOW, "ocsp-responder-0", CA, BYTES)),
                new Sample(
                        Topics.RESPONDER_ISSUED,
                        new ResponderIssued(
                                ENVIRONMENT,
                                NOW,
                                "ocsp-responder-0",
                                "ocsp-responder",
                                CA,
                                SERIAL,
                                NOW,
                                NOW.plus(Duration.ofDays(7)),
                                BYTES)),
                new Sample(Topics.CERTIFICATE_STATUS, status(CertificateState.ISSUED)),
                new Sample(Topics.CERTIFICATE_STATUS, status(CertificateState.REVOKED)),
                new Sample(
                        Topics.REVOCATION_REQUESTED,
                        new RevocationRequested(
                                ENVIRONMENT, NOW, CERTIFICATE, RevocationReason.KEY_COMPROMISE, "anna", "")),
                new Sample(
                        Topics.REVOCATION_REQUESTED,
                        new RevocationRequested(
                                ENVIRONMENT,
                                NOW,
                                CERTIFICATE,
                                RevocationReason.CESSATION_OF_OPERATION,
                                "anna",
                                "The device was decommissioned.")),
                new Sample(
                        Topics.REVOCATION_REQUESTED,
                        new RevocationRequested(
                                ENVIRONMENT, NOW, CERTIFICATE, RevocationReason.CERTIFICATE_HOLD, "anna", "")),
                new Sample(
                        Topics.CERTIFICATE_REVOKED,
                        new CertificateRevoked(
                                ENVIRONMENT,
                                NOW,
                                CERTIFICATE,
                                "D1",
                                RevocationReason.KEY_COMPROMISE,
                                "anna",
                                NOW.plus(Duration.ofDays(365)),
                                0)),
                new Sample(Topics.CRL_PREPARED, new CrlPrepared(ENVIRONMENT, NOW, CA, 0, 7L, BYTES, null)),
                new Sample(Topics.CRL_SIGNED, new CrlSigned(ENVIRONMENT, NOW, CA, 0, 7L, BYTES, null)));
    }

    private static Stream<Sample> observations() {
        return Stream.of(
                security(SecurityObservation.AUTHENTICATION_FAILED, Map.of("remoteAddress", "192.0.2.7")),
                security(SecurityObservation.ADMINISTRATION_REFUSED, Map.of("actor", "otto")),
                security(SecurityObservation.SIGNING_FAULT, Map.of()),
                // No service says so; were one to, it would not come into the audit log.
                security(SecurityObservation.TOKEN_REFUSED, Map.of("tokenSha256", TOKEN_SHA256)),
                security(SecurityObservation.TOKEN_LOCKED, Map.of("failedAttempts", "5")),
                security(SecurityObservation.BLOCKED_KEY_PRESENTED, Map.of()),
                security(SecurityObservation.FOREIGN_DEVICE_REQUESTED, Map.of("site", "Harbour")),
                security(SecurityObservation.RATE_LIMITED, Map.of()),
                security(SecurityObservation.CONFIGURATION_UNUSABLE, Map.of()),
                security(SecurityObservation.OTHER, Map.of()),
                new Sample(Topics.deadLetter(Principal.ENROLL_GATEWAY), deadLetter(Principal.ENROLL_GATEWAY)),
                new Sample(Topics.deadLetter(Principal.CSR_VALIDATOR), deadLetter(Principal.CSR_VALIDATOR)),
                new Sample(Topics.deadLetter(Principal.ISSUER), deadLetter(Principal.ISSUER)),
                new Sample(Topics.deadLetter(Principal.REVOCATION_SERVICE), deadLetter(Principal.REVOCATION_SERVICE)),
                new Sample(Topics.deadLetter(Principal.AUDIT_SINK), deadLetter(Principal.AUDIT_SINK)));
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

    private static Sample security(SecurityObservation observation, Map<String, String> attributes) {
        return new Sample(
                Topics.SECURITY_OBSERVED,
                new SecurityObserved(
                        ENVIRONMENT,
                        NOW,
                        "enroll-gateway",
                        observation,
                        "CN=D1",
                        "Something was observed.",
                        attributes));
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
