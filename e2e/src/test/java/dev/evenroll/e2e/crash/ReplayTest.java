package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.bench.RequestPlan;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The same request delivered ten times, with kills of csr-validator in between.
@ExtendWith(WithStack.class)
class ReplayTest {

    private static final int DELIVERIES = 10;
    private static final Set<Integer> KILLED_BEFORE = Set.of(2, 5, 6, 9);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void tenDeliveriesWithKillsInBetweenGiveOneCertificateAndTheSameAnswer(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        stack.fleet().register(deviceId);
        var environment = stack.connection().environment();
        var plan = new RequestPlan(environment, stack.manufacturer(), InstantSource.system());
        var request = EnrollmentRequested.newBuilder(
                        plan.requests(1, _ -> deviceId).getFirst())
                .setReplyPartition(0)
                .build();

        try (var producer = new KafkaProducer<String, byte[]>(gateway(stack).producer())) {
            for (int delivery = 1; delivery <= DELIVERIES; delivery++) {
                if (KILLED_BEFORE.contains(delivery)) {
                    stack.stack().kill(Service.CSR_VALIDATOR);
                }
                producer.send(Outgoing.to(Topics.ENROLLMENT_REQUESTED, environment, deviceId, request))
                        .get();
                if (KILLED_BEFORE.contains(delivery)) {
                    stack.stack().start(Service.CSR_VALIDATOR);
                }
            }
        }
        // One more request behind them all: what it finds has been decided after them.
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(outcomes(stack, request)).isNotEmpty());
        var marker = stack.fleet().registered(RunningStack.newDeviceId());
        marker.enrolls().receivesCertificate();

        var issued = stack.topics()
                .records(
                        Topics.CERTIFICATE_ISSUED,
                        CertificateIssued.class,
                        event -> event.getDeviceId().equals(deviceId));
        assertThat(issued).hasSize(1);
        assertThat(outcomes(stack, request))
                .allSatisfy(outcome -> assertThat(outcome.getResult())
                        .isInstanceOfSatisfying(
                                Issued.class,
                                answer -> assertThat(answer.getCertificate())
                                        .isEqualTo(issued.getFirst().getCertificate())));
    }

    private static List<EnrollmentOutcome> outcomes(RunningStack stack, EnrollmentRequested request) {
        return stack.topics()
                .records(
                        Topics.ENROLLMENT_OUTCOME,
                        EnrollmentOutcome.class,
                        outcome -> outcome.getEnrollmentId().equals(request.getEnrollmentId()));
    }

    private static KafkaSettings gateway(RunningStack stack) {
        return KafkaSettings.load(
                stack.data().resolve("kafka/enroll-gateway.properties"),
                Principal.ENROLL_GATEWAY,
                stack.connection().environment(),
                "replay");
    }
}
