package dev.evenroll.issuer.kafka;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of an enrollment, for whoever waits for it.
final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    /// Reply partition of an enrollment that came from a bulk job, or was approved while nobody asked.
    private static final int NOBODY_WAITS = -1;

    private final String environment;
    private final InstantSource clock;
    private final PutAside aside;

    Outcomes(String environment, InstantSource clock, PutAside aside) {
        this.environment = environment;
        this.clock = clock;
        this.aside = aside;
    }

    /// Which enrollment it was, and where its answer goes.
    ///
    /// @param acceptance which acceptance of it, as csr-validator has said; null when it has not
    record Enrollment(
            String enrollmentId, String deviceId, @Nullable Acceptance acceptance, int replyPartition) {}

    /// The answer to the gateway replica that waits, if one does.
    Optional<ProducerRecord<String, byte[]>> issued(
            ConsumerRecord<String, byte[]> source, Enrollment enrollment, Der certificate) {
        return outcome(source, enrollment, new Issued(Bytes.buffer(certificate)));
    }

    /// A refusal by the CA: for the operator, and for the gateway replica that waits.
    List<ProducerRecord<String, byte[]>> refused(
            ConsumerRecord<String, byte[]> source, Enrollment enrollment, List<Failure> failures) {
        var findings = Findings.of(failures);
        LOG.atInfo()
                .addKeyValue("enrollmentId", enrollment.enrollmentId())
                .addKeyValue("rules", failures.stream().map(Failure::rule).toList())
                .log("The CA refuses an authorized enrollment");
        var refused = IssuanceRefused.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(enrollment.enrollmentId())
                .setDeviceId(enrollment.deviceId())
                .setFindings(findings)
                .setReplyPartition(enrollment.replyPartition())
                .setAcceptance(enrollment.acceptance())
                .build();
        return Stream.concat(
                        Stream.of(Outgoing.to(Topics.ISSUANCE_REFUSED, environment, enrollment.deviceId(), refused)),
                        outcome(source, enrollment, new Refused(findings)).stream())
                .toList();
    }

    private Optional<ProducerRecord<String, byte[]>> outcome(
            ConsumerRecord<String, byte[]> source, Enrollment enrollment, Object result) {
        if (enrollment.replyPartition() == NOBODY_WAITS) {
            return Optional.empty();
        }
        var partitions = Topics.ENROLLMENT_OUTCOME.partitions();
        // Sending to a partition that does not exist would fail the whole transaction, again and again.
        if (enrollment.replyPartition() < 0 || enrollment.replyPartition() >= partitions) {
            return Optional.of(aside.deadLetter(
                    source,
                    "The outcome was not sent: reply partition " + enrollment.replyPartition() + " is not one of 0 to "
                            + (partitions - 1) + "; the device finds the result when it repeats its request."));
        }
        var outcome = EnrollmentOutcome.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(enrollment.enrollmentId())
                .setDeviceId(enrollment.deviceId())
                .setResult(result)
                .build();
        return Optional.of(Outgoing.toPartition(
                Topics.ENROLLMENT_OUTCOME, environment, enrollment.replyPartition(), enrollment.deviceId(), outcome));
    }
}
