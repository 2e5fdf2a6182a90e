package dev.evenroll.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Enrollments;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.enrollment.ParkedRequests;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeReaderTest {

    private static final String TOPIC = "test.enrollment.outcome.v1";
    private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);
    private static final TopicPartition TWO = new TopicPartition(TOPIC, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long END = 50;

    private final KafkaFixture fixture = new KafkaFixture(true);
    private final ParkedRequests parked = new ParkedRequests(10);
    private final MockConsumer<String, byte[]> first = consumer();
    private final MockConsumer<String, byte[]> second = consumer();
    private final ArrayDeque<MockConsumer<String, byte[]>> consumers = new ArrayDeque<>(List.of(first, second));
    private final OutcomeReader reader =
            new OutcomeReader(consumers::removeFirst, KafkaFixture.ENVIRONMENT, parked, fixture.producer);
    private final EnrollmentRequest request = new EnrollmentRequest(
            TestRequesters.device(new TestTrust(), "SN-1"),
            Operation.SIMPLE_ENROLL,
            new DeviceId("SN-1"),
            Der.of(new byte[] {0x30, 0x00}),
            "192.0.2.1");

    @BeforeEach
    void start() {
        reader.start();
    }

    @AfterEach
    void stop() {
        reader.close();
        fixture.close();
    }

    @Test
    void withoutPartitionsThereIsNoReplyAddress() {
        assertThat(reader.partition()).isEmpty();
    }

    @Test
    void aPartitionIsUsedOnceItsEndIsKnown() {
        assign(first, ONE);

        KafkaFixture.await(() -> reader.partition().isPresent());

        assertThat(reader.partition()).hasValue(1);
        assertThat(first.position(ONE)).isEqualTo(END);
    }

    @Test
    void severalPartitionsAreUsedInTurn() {
        assign(first, ONE, TWO);

        // Two that differ are not enough: while the first is being assigned, it differs from none.
        KafkaFixture.await(() -> Stream.of(reader.partition(), reader.partition())
                .collect(Collectors.toSet())
                .equals(Set.of(OptionalInt.of(1), OptionalInt.of(2))));

        var three = List.of(reader.partition(), reader.partition(), reader.partition());
        assertThat(three).containsOnly(OptionalInt.of(1), OptionalInt.of(2));
        assertThat(three.getFirst()).isEqualTo(three.getLast()).isNotEqualTo(three.get(1));
    }

    @Test
    void aPartitionThatIsTakenAwayIsNoLongerUsed() {
        assign(first, ONE);
        KafkaFixture.await(() -> reader.partition().isPresent());

        first.schedulePollTask(() -> first.rebalance(List.of()));

        KafkaFixture.await(() -> reader.partition().isEmpty());
    }

    @Test
    void aLostSessionIsReplacedByANewOne() {
        assign(first, ONE);
        KafkaFixture.await(() -> reader.partition().isPresent());
        assign(second, TWO);

        first.schedulePollTask(() -> first.setPollException(new KafkaException("broker gone")));

        KafkaFixture.await(() -> reader.partition().orElse(-1) == 2);
    }

    @Test
    void aCertificateIsGivenToWhoeverWaitsForIt() {
        var answer = enroll();
        deliver(END, outcome("test", new Issued(ByteBuffer.wrap(new byte[] {1, 2, 3}))));

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(new Answer.Issued(Der.of(new byte[] {1, 2, 3})));
    }

    @Test
    void aRefusalIsGivenToWhoeverWaitsForIt() {
        var answer = enroll();
        deliver(
                END,
                outcome("test", new Refused(List.of(new Finding("weak-key", "RSA 1024."), new Finding("a", "b")))));

        assertThat(answer)
                .succeedsWithin(PATIENCE)
                .isEqualTo(new Answer.Refused(List.of("weak-key: RSA 1024.", "a: b")));
    }

    @Test
    void whoeverWaitsForAPersonIsToldWhenToComeAgain() {
        var answer = enroll();
        deliver(END, outcome("test", new Pending(60)));

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(new Answer.Pending(Duration.ofMinutes(1)));
    }

    @Test
    void anOutcomeOfAnotherEnvironmentIsPutAsideAndReported() {
        var answer = enroll();
        deliver(END, outcome("production", new Issued(ByteBuffer.allocate(1))));

        assertThat(fixture.written(Topics.SECURITY_OBSERVED, SecurityObserved.class, 1))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getObservation()).isEqualTo(SecurityObservation.FOREIGN_ENVIRONMENT);
                    assertThat(event.getAttributes()).isEqualTo(Map.of("environment", "production"));
                });
        assertThat(deadLetters(1)).containsExactly("The outcome is of another environment.");
        assertThat(answer).isNotDone();
    }

    @Test
    void whatCanNotBeDecodedIsPutAsideAndTheNextOneIsRead() {
        var answer = enroll();
        var nameless = EnrollmentOutcome.newBuilder(outcome("test", new Issued(ByteBuffer.allocate(1))))
                .setEnrollmentId("no such id")
                .build();
        deliver(END, new byte[] {1, 2, 3});
        deliver(END + 1, encode(nameless));
        deliver(END + 2, outcome("test", new Issued(ByteBuffer.wrap(new byte[] {9}))));

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(new Answer.Issued(Der.of(new byte[] {9})));
        assertThat(deadLetters(2))
                .containsExactly(
                        "The value is not a well-formed EnrollmentOutcome.",
                        "enrollment id: must be 64 lower-case hexadecimal digits");
    }

    private CompletableFuture<Answer> enroll() {
        assign(first, ONE);
        KafkaFixture.await(() -> reader.partition().isPresent());
        return new Enrollments(fixture.producer, reader, parked, PATIENCE.multipliedBy(2)).enroll(request);
    }

    private EnrollmentOutcome outcome(String environment, Object result) {
        return EnrollmentOutcome.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(TestTrust.NOW)
                .setEnrollmentId(request.id().value())
                .setDeviceId("SN-1")
                .setResult(result)
                .build();
    }

    private List<String> deadLetters(int count) {
        return fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, count).stream()
                .map(DeadLetter::getCause)
                .toList();
    }

    private void deliver(long offset, EnrollmentOutcome outcome) {
        deliver(offset, encode(outcome));
    }

    private void deliver(long offset, byte[] value) {
        first.schedulePollTask(() -> first.addRecord(new ConsumerRecord<>(TOPIC, 1, offset, "SN-1", value)));
    }

    private static byte[] encode(EnrollmentOutcome outcome) {
        return Codec.of(EnrollmentOutcome.class).encode(outcome);
    }

    private static MockConsumer<String, byte[]> consumer() {
        return new MockConsumer<>("earliest");
    }

    private static void assign(MockConsumer<String, byte[]> consumer, TopicPartition... partitions) {
        consumer.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
        consumer.updateEndOffsets(Map.of(ONE, END, TWO, END));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(partitions)));
    }
}
