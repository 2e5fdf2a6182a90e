package dev.evenroll.cli.policy.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.policy.Decision;
import dev.evenroll.cli.policy.RecordedDecision;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.policy.DeviceKnowledge;
import dev.evenroll.policy.PolicyFacts;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.PolicyDecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DecisionTrailTest {

    private static final TopicPartition AUTHORIZED = new TopicPartition("test.enrollment.authorized.v1", 0);
    private static final TopicPartition REFUSED = new TopicPartition("test.enrollment.refused.v1", 0);
    private static final TopicPartition PENDING = new TopicPartition("test.enrollment.pending.v1", 0);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final List<RecordedDecision> read = new ArrayList<>();
    private final List<String> undecodable = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();

    private final DecisionTrail.Reader reader = new DecisionTrail.Reader() {
        @Override
        public void decision(RecordedDecision decision) {
            read.add(decision);
        }

        @Override
        public void undecodable(String sentence) {
            undecodable.add(sentence);
        }

        @Override
        public void progress(long events) {
            progress.add(events);
        }
    };

    /// Where a time leads to in a partition is what the broker says: here, its beginning, or its end.
    private static MockConsumer<String, byte[]> consumer(Instant newest) {
        return new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                var offsets = new HashMap<TopicPartition, OffsetAndTimestamp>();
                times.forEach((partition, time) ->
                        offsets.put(partition, time > newest.toEpochMilli() ? null : new OffsetAndTimestamp(0, time)));
                return offsets;
            }
        };
    }

    private static PolicyDecision policy(int second, String decision, @Nullable DeviceState state) {
        return PolicyDecision.newBuilder()
                .setPolicy("rollout")
                .setVersion("v1@000000000000")
                .setDecision(decision)
                .setManufacturer("acme")
                .setModel(null)
                .setDeviceState(state)
                .setRemoteAddress("10.1.2.3")
                .setDecidedAt(NOON.plusSeconds(second))
                .setAttested(true)
                .build();
    }

    private static byte[] authorized(@Nullable PolicyDecision policy, @Nullable String approver) {
        return Codec.of(EnrollmentAuthorized.class)
                .encode(EnrollmentAuthorized.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(NOON)
                        .setEnrollmentId("e1")
                        .setDeviceId("D1")
                        .setProfile("charging-station")
                        .setOrganization("O")
                        .setSubjectPublicKeyInfo(ByteBuffer.allocate(0))
                        .setReplyPartition(-1)
                        .setModel(EnrollmentModel.JUST_IN_TIME)
                        .setPolicy(policy)
                        .setApprover(approver)
                        .build());
    }

    private static byte[] refused(PolicyDecision policy, String... rules) {
        return Codec.of(EnrollmentRefused.class)
                .encode(EnrollmentRefused.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(NOON)
                        .setEnrollmentId("e2")
                        .setDeviceId("D2")
                        .setFindings(Stream.of(rules)
                                .map(rule -> new Finding(rule, "because"))
                                .toList())
                        .setRemoteAddress("10.1.2.3")
                        .setReplyPartition(-1)
                        .setPolicy(policy)
                        .build());
    }

    private static byte[] pending(PolicyDecision policy) {
        return Codec.of(EnrollmentPending.class)
                .encode(EnrollmentPending.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(NOON)
                        .setEnrollmentId("e3")
                        .setDeviceId("D3")
                        .setReason("because")
                        .setExpiresAt(NOON)
                        .setModel(EnrollmentModel.JUST_IN_TIME)
                        .setPolicy(policy)
                        .setRequester("CN=D3")
                        .setRemoteAddress("10.1.2.3")
                        .build());
    }

    private void read(Instant since, List<byte[]> authorized, List<byte[]> refused, List<byte[]> pending)
            throws FaultException, IOException {
        var consumer = consumer(NOON.plusSeconds(60));
        var node = new Node(0, "localhost", 1);
        var values = Map.of(AUTHORIZED, authorized, REFUSED, refused, PENDING, pending);
        values.forEach((partition, records) -> {
            var info = new PartitionInfo(partition.topic(), 0, node, new Node[] {node}, new Node[] {node});
            consumer.updatePartitions(partition.topic(), List.of(info));
            consumer.updateEndOffsets(Map.of(partition, (long) records.size()));
        });
        consumer.schedulePollTask(() -> values.forEach((partition, records) -> {
            for (int i = (int) consumer.position(partition); i < records.size(); i++) {
                consumer.addRecord(
                        new ConsumerRecord<>(partition.topic(), partition.partition(), i, "key", records.get(i)));
            }
        }));
        try (var trail = new DecisionTrail(consumer, "test")) {
            trail.read(since, reader);
        }
    }

    private static RecordedDecision recorded(
            String number,
            int second,
            DeviceKnowledge known,
            @Nullable String state,
            Decision decision,
            String... rules) {
        return new RecordedDecision(
                "e" + number,
                new PolicyFacts("D" + number, "acme", null, known, "10.1.2.3", NOON.plusSeconds(second), true, null),
                state,
                "rollout",
                "v1@000000000000",
                decision,
                List.of(rules));
    }

    @Test
    void readsTheDecisionsByPolicyOfAllThreeTopics() throws Exception {
        read(
                NOON,
                List.of(authorized(policy(1, "allowed", null), null), authorized(null, null)),
                List.of(
                        refused(policy(2, "allowed", DeviceState.ENROLLED), "policy-quota"),
                        refused(policy(3, "pending", DeviceState.ENROLLED), "approval-rejected")),
                List.of(pending(policy(4, "pending", DeviceState.QUARANTINED))));
        assertThat(read)
                .containsExactlyInAnyOrder(
                        recorded("1", 1, DeviceKnowledge.UNREGISTERED, null, Decision.ALLOWED),
                        recorded("2", 2, DeviceKnowledge.ACTIVE, "enrolled", Decision.ALLOWED, "policy-quota"),
                        recorded("3", 4, DeviceKnowledge.QUARANTINED, "quarantined", Decision.PENDING));
        assertThat(progress.getLast()).isEqualTo(5);
        assertThat(undecodable).isEmpty();
    }

    @Test
    void knowsWhoApproved() throws Exception {
        read(NOON, List.of(authorized(policy(1, "allowed", DeviceState.QUARANTINED), "alice")), List.of(), List.of());
        assertThat(read)
                .singleElement()
                .satisfies(decision -> assertThat(decision.facts().approver()).isEqualTo("alice"));
    }

    @Test
    void passesOverWhatIsOlder() throws Exception {
        read(
                NOON.plusSeconds(2),
                List.of(authorized(policy(1, "allowed", null), null), authorized(policy(2, "allowed", null), null)),
                List.of(),
                List.of());
        assertThat(read).extracting(decision -> decision.facts().at()).containsExactly(NOON.plusSeconds(2));
    }

    @Test
    void endsAtOnceWhenNothingIsNewEnough() throws Exception {
        read(NOON.plusSeconds(61), List.of(authorized(policy(1, "allowed", null), null)), List.of(), List.of());
        assertThat(read).isEmpty();
        assertThat(progress).isEmpty();
    }

    @Test
    void passesOverWhatItCanNotReadAndSaysSo() throws Exception {
        read(NOON, List.of(new byte[] {1}), List.of(refused(policy(1, "deferred", null), "x")), List.of());
        assertThat(read).isEmpty();
        assertThat(undecodable)
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("Offset 0 of partition 0 of test.enrollment.authorized.v1 is passed over: "))
                .anySatisfy(sentence -> assertThat(sentence)
                        .isEqualTo("Offset 0 of partition 0 of test.enrollment.refused.v1 is passed over: its decision,"
                                + " deferred, is unknown here"));
    }

    @Test
    void saysWhenThePropertiesFileCanNotBeRead() {
        assertThatThrownBy(() -> DecisionTrail.open(Path.of("/absent/auditor.properties"), "test"))
                .isInstanceOf(FaultException.class)
                .hasMessageStartingWith("The decisions can not be opened: The Kafka client properties file");
    }
}
