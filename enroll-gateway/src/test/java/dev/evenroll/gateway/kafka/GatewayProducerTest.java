package dev.evenroll.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class GatewayProducerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EnrollmentRequest request = new EnrollmentRequest(
            TestRequesters.device(new TestTrust(), "SN-1"),
            Operation.SIMPLE_REENROLL,
            new DeviceId("SN-1"),
            Der.of(new byte[] {0x30, 0x00}),
            "192.0.2.1");

    @Test
    void aRequestIsWrittenUnderItsDeviceAndDoneWhenItIsAcknowledged() {
        try (var fixture = new KafkaFixture(false)) {
            var written = fixture.producer.submit(request, 7).toCompletableFuture();
            var events = fixture.written(Topics.ENROLLMENT_REQUESTED, EnrollmentRequested.class, 1);
            assertThat(written).isNotDone();

            fixture.kafka.completeNext();

            assertThat(written).succeedsWithin(PATIENCE);
            assertThat(fixture.kafka.history().getFirst().key()).isEqualTo("SN-1");
            assertThat(events)
                    .containsExactly(EnrollmentRequested.newBuilder()
                            .setEnvironment("test")
                            .setOccurredAt(TestTrust.NOW)
                            .setEnrollmentId(request.id().value())
                            .setDeviceId("SN-1")
                            .setOperation(EnrollmentOperation.SIMPLE_REENROLL)
                            .setCertificationRequest(ByteBuffer.wrap(new byte[] {0x30, 0x00}))
                            .setRequesterChain(List.of(ByteBuffer.wrap(
                                    request.requester().chain().getFirst().bytes())))
                            .setRemoteAddress("192.0.2.1")
                            .setReplyPartition(7)
                            .build());
        }
    }

    /// Two gateways are asked with the same token at once: which of the requests wins is for csr-validator to say.
    @Test
    void theSameTokenAtTwoGatewaysIsTheSameHashInTwoRequests() {
        var token = OneTimeToken.random(new SecureRandom());
        try (var one = new KafkaFixture(true);
                var other = new KafkaFixture(true)) {
            one.producer.submit(withToken(token, 1), 7);
            other.producer.submit(withToken(token, 2), 9);

            var first = one.written(Topics.ENROLLMENT_REQUESTED, EnrollmentRequested.class, 1)
                    .getFirst();
            var second = other.written(Topics.ENROLLMENT_REQUESTED, EnrollmentRequested.class, 1)
                    .getFirst();
            assertThat(List.of(first.getTokenSha256(), second.getTokenSha256())).containsOnly(token.sha256());
            assertThat(first.getRequesterChain()).isEmpty();
            assertThat(first.getEnrollmentId())
                    .isEqualTo(EnrollmentId.ofToken(token.sha256(), Der.of(new byte[] {1}))
                            .value())
                    .isNotEqualTo(second.getEnrollmentId());
            assertThat(first.toString() + second).doesNotContain(token.text());
        }
    }

    private static EnrollmentRequest withToken(OneTimeToken token, int csr) {
        return new EnrollmentRequest(
                TestRequesters.token("SN-1", token),
                Operation.SIMPLE_ENROLL,
                new DeviceId("SN-1"),
                Der.of(new byte[] {(byte) csr}),
                "192.0.2.1");
    }

    @Test
    void aRequestThatIsNotWrittenFailsAndIsCounted() {
        try (var fixture = new KafkaFixture(false)) {
            var written = fixture.producer.submit(request, 7).toCompletableFuture();
            KafkaFixture.await(() -> fixture.kafka.errorNext(new TimeoutException("no broker")));

            assertThat(written).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("no broker");
            assertThat(fixture.metrics
                            .get("evenroll.gateway.unwritten")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerShutsTheGatewayUntilItTakesARecord() {
        try (var fixture = new KafkaFixture(false)) {
            var unwritten = fixture.producer.submit(request, 7).toCompletableFuture();
            KafkaFixture.await(() -> fixture.kafka.errorNext(new TimeoutException("no answer")));
            assertThat(unwritten).failsWithin(PATIENCE);
            assertThat(fixture.producer.silence())
                    .contains("The Kafka broker did not take a record in time; see that it is up.");

            var written = fixture.producer.submit(request, 7).toCompletableFuture();
            KafkaFixture.await(() -> fixture.kafka.completeNext());
            assertThat(written).succeedsWithin(PATIENCE);
            assertThat(fixture.producer.silence()).isEmpty();
        }
    }

    @Test
    void aRecordThatTheBrokerRefusesShutsNothing() {
        try (var fixture = new KafkaFixture(false)) {
            var unwritten = fixture.producer.submit(request, 7).toCompletableFuture();
            KafkaFixture.await(() -> fixture.kafka.errorNext(new RecordTooLargeException("too large")));
            assertThat(unwritten).failsWithin(PATIENCE);
            assertThat(fixture.producer.silence()).isEmpty();
        }
    }

    @Test
    void afterTheStopNothingIsTakenAndNothingIsThrown() {
        var fixture = new KafkaFixture(true);
        fixture.close();

        assertThat(fixture.producer.submit(request, 7).toCompletableFuture()).failsWithin(PATIENCE);
    }

    @Test
    void anObservationIsWrittenAndCounted() {
        try (var fixture = new KafkaFixture(true)) {
            fixture.producer.report(new Observation(
                    Observation.Kind.AUTHENTICATION_FAILED,
                    "192.0.2.1",
                    "No client certificate.",
                    Map.of("remoteAddress", "192.0.2.1")));

            assertThat(fixture.written(Topics.SECURITY_OBSERVED, SecurityObserved.class, 1))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getObservation()).isEqualTo(SecurityObservation.AUTHENTICATION_FAILED);
                        assertThat(event.getService()).isEqualTo("enroll-gateway");
                        assertThat(event.getSubject()).isEqualTo("192.0.2.1");
                        assertThat(event.getAttributes()).isEqualTo(Map.of("remoteAddress", "192.0.2.1"));
                    });
            assertThat(fixture.metrics
                            .get("evenroll.security.events")
                            .tag("observation", "AUTHENTICATION_FAILED")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRecordThatCanNotBeUsedIsPutAsideWithItsCause() {
        try (var fixture = new KafkaFixture(true)) {
            fixture.producer.deadLetter(
                    new ConsumerRecord<>("test.x.v1", 2, 42, "key", new byte[] {1}), "The value is nonsense.");

            assertThat(fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, 1))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.getSourceTopic()).isEqualTo("test.x.v1");
                        assertThat(letter.getSourcePartition()).isEqualTo(2);
                        assertThat(letter.getSourceOffset()).isEqualTo(42);
                        assertThat(letter.getCause()).isEqualTo("The value is nonsense.");
                    });
        }
    }
}
