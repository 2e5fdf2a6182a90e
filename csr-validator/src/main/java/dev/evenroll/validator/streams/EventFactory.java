package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Makes the events of this service, all of one environment.
final class EventFactory {

    /// Finding.message: at most this many characters.
    private static final int LONGEST_MESSAGE = 1_000;

    private final String environment;
    private final InstantSource clock;
    private final SecurityEvents securityEvents;
    private final DeadLetters deadLetters;

    EventFactory(String environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
        this.securityEvents = new SecurityEvents(Principal.CSR_VALIDATOR, environment, clock);
        this.deadLetters = new DeadLetters(Principal.CSR_VALIDATOR, environment, clock);
    }

    String environment() {
        return environment;
    }

    /// To the millisecond, as Avro keeps it: what is remembered and what is written are the same instant.
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    static boolean isReplyPartition(int partition) {
        return partition >= 0 && partition < Topics.ENROLLMENT_OUTCOME.partitions();
    }

    Emission refusal(
            String enrollmentId, String deviceId, List<Finding> findings, String remoteAddress, int replyPartition) {
        var event = EnrollmentRefused.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now())
                .setEnrollmentId(enrollmentId)
                .setDeviceId(deviceId)
                .setFindings(findings)
                .setRemoteAddress(remoteAddress)
                .setReplyPartition(replyPartition)
                .build();
        return Emission.to(Sinks.ENROLLMENT_REFUSED, deviceId, event);
    }

    Emission refusedOutcome(String enrollmentId, String deviceId, List<Finding> findings, int replyPartition) {
        return outcome(
                enrollmentId,
                deviceId,
                Refused.newBuilder().setFindings(findings).build(),
                replyPartition);
    }

    Emission issuedOutcome(String enrollmentId, String deviceId, Der certificate, int replyPartition) {
        return outcome(
                enrollmentId,
                deviceId,
                Issued.newBuilder()
                        .setCertificate(ByteBuffer.wrap(certificate.bytes()))
                        .build(),
                replyPartition);
    }

    Emission observation(SecurityObservation what, String subject, String message, Map<String, String> attributes) {
        return Emission.to(Sinks.SECURITY_OBSERVED, subject, securityEvents.of(what, subject, message, attributes));
    }

    /// Failures as findings, cut to the length that the schema promises.
    static List<Finding> findings(List<Failure> failures) {
        return failures.stream()
                .map(failure -> new Finding(failure.rule(), shortened(failure.message())))
                .toList();
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    private Emission outcome(String enrollmentId, String deviceId, Object result, int replyPartition) {
        var event = EnrollmentOutcome.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now())
                .setEnrollmentId(enrollmentId)
                .setDeviceId(deviceId)
                .setResult(result)
                .build();
        return new Emission(Sinks.ENROLLMENT_OUTCOME, deviceId, event, replyPartition);
    }
}
