package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.authentication.TokenHolder;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.job.JobLine;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.pki.Der;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObservation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Events of the pipeline from and to values of the domain.
final class Events {

    /// The reply partition when nobody waits.
    private static final int NOBODY = -1;

    private Events() {}

    static EnrollmentRequested requested(
            EnrollmentRequest request, String environment, Instant occurredAt, int replyPartition) {
        return requested(request, environment, occurredAt)
                .setReplyPartition(replyPartition)
                .build();
    }

    static EnrollmentRequested requested(
            EnrollmentRequest request, String environment, Instant occurredAt, JobLine line) {
        return requested(request, environment, occurredAt)
                .setReplyPartition(NOBODY)
                .setJobLine(new dev.evenroll.schemas.event.JobLine(line.job().value(), line.number()))
                .build();
    }

    private static EnrollmentRequested.Builder requested(
            EnrollmentRequest request, String environment, Instant occurredAt) {
        return EnrollmentRequested.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(occurredAt)
                .setEnrollmentId(request.id().value())
                .setDeviceId(request.device().value())
                .setOperation(operation(request.operation()))
                .setCertificationRequest(
                        ByteBuffer.wrap(request.certificationRequest().bytes()))
                .setRequesterChain(request.requester().chain().stream()
                        .map(certificate -> ByteBuffer.wrap(certificate.bytes()))
                        .toList())
                .setRemoteAddress(request.remoteAddress())
                .setTokenSha256(request.requester() instanceof TokenHolder token ? token.tokenSha256() : null);
    }

    /// The answer in an outcome; empty when it is of a kind that this version does not know.
    static Optional<Answer> answer(EnrollmentOutcome outcome) {
        return switch (outcome.getResult()) {
            case Issued issued -> Optional.of(new Answer.Issued(der(issued.getCertificate())));
            case Refused refused ->
                Optional.of(new Answer.Refused(refused.getFindings().stream()
                        .map(finding -> finding.getRule() + ": " + finding.getMessage())
                        .toList()));
            case Pending pending -> Optional.of(new Answer.Pending(retryAfter(pending)));
            case null, default -> Optional.empty();
        };
    }

    /// At least a second: without one the device would come again at once.
    private static Duration retryAfter(Pending pending) {
        return Duration.ofSeconds(Math.max(1, pending.getRetryAfterSeconds()));
    }

    static SecurityObservation observation(Observation.Kind kind) {
        return switch (kind) {
            case AUTHENTICATION_FAILED -> SecurityObservation.AUTHENTICATION_FAILED;
            case REQUEST_MALFORMED -> SecurityObservation.REQUEST_MALFORMED;
            case REVOKED_CERTIFICATE_PRESENTED -> SecurityObservation.REVOKED_CERTIFICATE_PRESENTED;
            case FOREIGN_ENVIRONMENT -> SecurityObservation.FOREIGN_ENVIRONMENT;
            case HOSTILE_RECORD -> SecurityObservation.HOSTILE_RECORD;
            case RATE_LIMITED -> SecurityObservation.RATE_LIMITED;
            case CONFIGURATION_UNUSABLE -> SecurityObservation.CONFIGURATION_UNUSABLE;
        };
    }

    private static EnrollmentOperation operation(Operation operation) {
        return switch (operation) {
            case SIMPLE_ENROLL -> EnrollmentOperation.SIMPLE_ENROLL;
            case SIMPLE_REENROLL -> EnrollmentOperation.SIMPLE_REENROLL;
        };
    }

    static Der der(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Der.of(bytes);
    }
}
