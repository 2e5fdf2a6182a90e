package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.JobLine;
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

    /// Whether a request may name the partition: one of the topic, or none.
    static boolean isReplyPartition(int partition) {
        return partition >= Audience.NOBODY && partition < Topics.ENROLLMENT_OUTCOME.partitions();
    }

    /// A refusal by the rules, or by a person.
    Emission refusal(
            String enrollmentId,
            String deviceId,
            List<Finding> findings,
            String remoteAddress,
            int replyPartition,
            Origin origin) {
        return refusal(refused(findings, origin)
                .setEnrollmentId(enrollmentId)
                .setDeviceId(deviceId)
                .setRemoteAddress(remoteAddress)
                .setReplyPartition(replyPartition)
                .build());
    }

    /// A refusal of what the rules had accepted before.
    Emission refusal(KeyClaimRequested claim, List<Finding> findings) {
        return refusal(refused(findings, Origin.of(claim))
                .setEnrollmentId(claim.getEnrollmentId())
                .setDeviceId(claim.getDeviceId())
                .setRemoteAddress(claim.getRemoteAddress())
                .setReplyPartition(claim.getReplyPartition())
                .setAfterAcceptance(true)
                .setAcceptance(claim.getAcceptance())
                .build());
    }

    private EnrollmentRefused.Builder refused(List<Finding> findings, Origin origin) {
        return EnrollmentRefused.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now())
                .setFindings(findings)
                .setModel(origin.model())
                .setPolicy(origin.policy())
                .setRequester(origin.requester());
    }

    private static Emission refusal(EnrollmentRefused event) {
        return Emission.to(Sinks.ENROLLMENT_REFUSED, event.getDeviceId(), event);
    }

    /// What the CA acts on: nothing is in the way of the certificate any more.
    Emission authorization(KeyClaimRequested claim) {
        var event = EnrollmentAuthorized.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now())
                .setEnrollmentId(claim.getEnrollmentId())
                .setDeviceId(claim.getDeviceId())
                .setProfile(claim.getProfile())
                .setOrganization(claim.getOrganization())
                .setSubjectPublicKeyInfo(claim.getSubjectPublicKeyInfo())
                .setReplyPartition(claim.getReplyPartition())
                .setModel(claim.getModel())
                .setPolicy(claim.getPolicy())
                .setRequester(claim.getRequester())
                .setApprover(claim.getApprover())
                .setAcceptance(claim.getAcceptance())
                .setAssurance(claim.getAssurance())
                .build();
        return Emission.to(Sinks.ENROLLMENT_AUTHORIZED, claim.getDeviceId(), event);
    }

    Emission pending(PendingEnrollment pending) {
        var request = pending.getRequest();
        var event = EnrollmentPending.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now())
                .setEnrollmentId(request.getEnrollmentId())
                .setDeviceId(request.getDeviceId())
                .setReason(pending.getReason())
                .setExpiresAt(pending.getExpiresAt())
                .setModel(pending.getModel())
                .setPolicy(pending.getPolicy())
                .setRequester(pending.getRequester())
                .setKeySha256(ApprovalRecords.keySha256(request))
                .setRequesterSha256(ApprovalRecords.requesterSha256(request))
                .setRemoteAddress(request.getRemoteAddress())
                .build();
        return Emission.to(Sinks.ENROLLMENT_PENDING, request.getDeviceId(), event);
    }

    /// @param result Issued, Refused or Pending
    Emission jobLineEnded(JobLine line, String enrollmentId, String deviceId, Object result) {
        var ended = JobLineEnded.newBuilder()
                .setLine(line.line())
                .setDeviceId(deviceId)
                .setEnrollmentId(enrollmentId)
                .setResult(result)
                .build();
        var event = JobProgressed.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now())
                .setJobId(line.jobId())
                .setStep(ended)
                .build();
        return Emission.to(Sinks.JOB_PROGRESSED, line.jobId(), event);
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

    /// @param result Issued, Refused or Pending
    Emission outcome(String enrollmentId, String deviceId, Object result, int replyPartition) {
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
