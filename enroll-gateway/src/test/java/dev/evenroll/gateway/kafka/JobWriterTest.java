package dev.evenroll.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobLine;
import dev.evenroll.gateway.job.JobLog.Opening;
import dev.evenroll.gateway.job.JobOwner;
import dev.evenroll.gateway.job.LineFinding;
import dev.evenroll.gateway.job.ListedJob;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.JobInterrupted;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobLinesTaken;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.RegisteredJob;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bulk jobs as they are written, and entered in `job.registry`.
class JobWriterTest {

    private static final int PARTITIONS = 12;
    private static final String CA = "ca".repeat(32);
    private static final RegistrationAuthority NAMESAKE = new RegistrationAuthority("line-1", "cb".repeat(32), false);
    private static final int MOST_OPEN = 3;
    private static final TopicPartition REGISTRY = new TopicPartition("test.job.registry.v1", 0);

    private final KafkaFixture fixture = new KafkaFixture(true);
    private Instant now = TestTrust.NOW;
    private final JobRegister register =
            new JobRegister(this::consumer, KafkaFixture.ENVIRONMENT, fixture.producer, () -> now);
    private final Map<Integer, Long> ends = new HashMap<>();
    private final JobWriter writer = new JobWriter(
            fixture.producer,
            () -> CompletableFuture.completedFuture(ends),
            register,
            MOST_OPEN,
            KafkaFixture.ENVIRONMENT,
            TestTrust.CLOCK);

    @BeforeEach
    void start() {
        IntStream.range(0, PARTITIONS).forEach(partition -> ends.put(partition, 1000L + partition));
        register.start();
        KafkaFixture.await(register::complete);
    }

    @AfterEach
    void stop() {
        register.close();
        fixture.close();
    }

    @Test
    void theIdOfAJobNamesThePartitionOfItsKeyAndTheEndBeforeIt() {
        for (int i = 0; i < 50; i++) {
            var opened = opened("line-" + i, "");

            assertThat(opened.offset()).isEqualTo(1000L + opened.partition());
            // What Kafka does with a key, whoever writes it.
            assertThat(BuiltInPartitioner.partitionForKey(opened.value().getBytes(StandardCharsets.UTF_8), PARTITIONS))
                    .isEqualTo(opened.partition());
        }
        assertThat(fixture.kafka.history())
                .filteredOn(written -> written.topic().equals("test.job.progressed.v1"))
                .hasSize(50)
                .allSatisfy(written -> assertThat(written.partition())
                        .isEqualTo(JobId.parse(written.key()).orElseThrow().partition()));
    }

    @Test
    void aJobIsWrittenStepByStep() {
        var opened = opened("line-1", "");
        var request = new EnrollmentRequest(
                TestRequesters.registrationAuthority(new TestTrust(), "line-1"),
                Operation.SIMPLE_ENROLL,
                new DeviceId("SN-1"),
                Der.of(new byte[] {0x30, 0x00}),
                "192.0.2.1");
        writer.request(new JobLine(opened, 1), request).toCompletableFuture().join();
        writer.refused(new JobLine(opened, 2), "SN-2", new LineFinding("job-line", "line 2: no."))
                .toCompletableFuture()
                .join();
        writer.taken(opened, 1, List.of(5L, 6L)).toCompletableFuture().join();
        writer.interrupted(opened, 2).toCompletableFuture().join();
        writer.submitted(opened, 2).toCompletableFuture().join();

        assertThat(fixture.written(Topics.JOB_PROGRESSED, JobProgressed.class, 5))
                .extracting(JobProgressed::getStep)
                .containsExactly(
                        new JobOpened("line-1", CA),
                        new JobLineEnded(2, "SN-2", "", new Refused(List.of(new Finding("job-line", "line 2: no.")))),
                        new JobLinesTaken(1, List.of(5L, 6L)),
                        new JobInterrupted(2),
                        new JobSubmitted(2));
        assertThat(fixture.written(Topics.ENROLLMENT_REQUESTED, EnrollmentRequested.class, 1))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getReplyPartition()).isEqualTo(-1);
                    assertThat(event.getJobLine()).isEqualTo(new dev.evenroll.schemas.event.JobLine(opened.value(), 1));
                    assertThat(event.getEnrollmentId()).isEqualTo(request.id().value());
                });
        assertThat(fixture.written(Topics.JOB_REGISTRY, RegisteredJob.class, 2))
                .extracting(RegisteredJob::getSubmitted)
                .containsExactly(false, true);
    }

    @Test
    void aNameStandsForOneJobOfItsRequester() {
        var first = opened("line-1", "file-1");

        assertThat(open("line-1", "file-1")).isEqualTo(new Opening.Known(first));
        assertThat(open("line-2", "file-1")).isInstanceOf(Opening.Opened.class);
        assertThat(open("line-1", "file-2")).isInstanceOf(Opening.Opened.class);
        assertThat(register.of(authority("line-1")))
                .hasSize(2)
                .last()
                .satisfies(oldest -> assertThat(oldest)
                        .isEqualTo(new ListedJob(first, new JobOwner("line-1", CA), "file-1", TestTrust.NOW, false)));
    }

    @Test
    void theNamesakeOfAnotherCaHasJobsOfItsOwn() {
        var first = opened("line-1", "file-1");
        opened("line-1", "");
        opened("line-1", "");

        assertThat(register.of(NAMESAKE)).isEmpty();
        var its = open(NAMESAKE, "file-1");
        assertThat(its).isInstanceOf(Opening.Opened.class).isNotEqualTo(new Opening.Opened(first));
        assertThat(register.of(NAMESAKE)).extracting(ListedJob::job).containsExactly(((Opening.Opened) its).job());
        assertThat(open("line-1", "file-1")).isEqualTo(new Opening.Known(first));
        assertThat(fixture.written(Topics.JOB_REGISTRY, RegisteredJob.class, 4))
                .extracting(RegisteredJob::getIssuerKeySha256)
                .containsExactly(CA, CA, CA, NAMESAKE.issuerKeySha256());
    }

    @Test
    void aJobOfTheVersionBeforeIsFoundWhereOneCaCanGiveItsName() {
        var before = new JobId(UUID.randomUUID(), 0, 1);
        enter(before, "", false);
        var only = new RegistrationAuthority("line-1", CA, true);
        KafkaFixture.await(() -> !register.of(only).isEmpty());

        assertThat(open(only, "file-1")).isEqualTo(new Opening.Known(before));
        assertThat(open("line-1", "file-1")).isInstanceOf(Opening.Opened.class);
    }

    /// While replicas are brought up one after the other.
    @Test
    void aReplicaOfTheVersionBeforeTakesNoJobFromItsCa() {
        var job = opened("line-1", "file-1");
        enter(job, "", true);
        KafkaFixture.await(() -> register.of(authority("line-1")).getFirst().submitted());

        assertThat(open("line-1", "file-1")).isEqualTo(new Opening.Known(job));
        assertThat(register.of(new RegistrationAuthority("line-1", NAMESAKE.issuerKeySha256(), true)))
                .isEmpty();
    }

    private void enter(JobId job, String issuerKeySha256, boolean submitted) {
        send(Codec.of(RegisteredJob.class)
                .encode(new RegisteredJob(
                        "test", now, job.value(), "line-1", "file-1", now, submitted, issuerKeySha256)));
    }

    /// Entered through two replicas at the same time: each finds out by reading which one came first.
    @Test
    void ofTwoJobsUnderOneNameTheFirstOneCounts() {
        var first = new JobId(UUID.randomUUID(), 0, 1);
        var second = new JobId(UUID.randomUUID(), 0, 1);
        var entries = List.of(first, second).stream()
                .map(job -> register.enter(
                                new ListedJob(job, new JobOwner("line-1", CA), "file-1", TestTrust.NOW, false))
                        .toCompletableFuture())
                .toList();

        assertThat(entries.getFirst().join()).isEqualTo(first);
        assertThat(entries.getLast().join()).isEqualTo(first);
        assertThat(register.of(authority("line-1"))).extracting(ListedJob::job).containsExactly(first);
    }

    @Test
    void onlySoManyJobsOfOneRequesterAreOpen() {
        var first = opened("line-1", "");
        opened("line-1", "");
        opened("line-1", "file-1");
        assertThat(open("line-1", "")).isEqualTo(new Opening.TooMany(3));
        assertThat(open("line-1", "file-1")).isInstanceOf(Opening.Known.class);
        assertThat(open("line-2", "")).isInstanceOf(Opening.Opened.class);

        writer.submitted(first, 2).toCompletableFuture().join();
        KafkaFixture.await(() -> register.of(authority("line-1")).getLast().submitted());
        assertThat(open("line-1", "")).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void whatIsOlderThanItsTopicsKeepItIsForgotten() {
        opened("line-1", "file-1");
        now = now.plus(Duration.ofDays(31));

        assertThat(open("line-2", "")).isInstanceOf(Opening.Opened.class);
        assertThat(register.of(authority("line-1"))).isEmpty();
        assertThat(open("line-1", "file-1")).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void anEntryThatCanNotBeUsedIsPutAside() {
        send(new byte[] {1, 2, 3});
        send(Codec.of(RegisteredJob.class)
                .encode(new RegisteredJob(
                        "production", now, new JobId(UUID.randomUUID(), 0, 1).value(), "line-1", "", now, false, "")));
        send(Codec.of(RegisteredJob.class)
                .encode(new RegisteredJob("test", now, "none", "line-1", "", now, false, "")));

        assertThat(fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, 3))
                .extracting(DeadLetter::getSourceTopic)
                .containsOnly("test.job.registry.v1");
        assertThat(register.of(authority("line-1"))).isEmpty();
    }

    private void send(byte[] value) {
        fixture.producer
                .send(new ProducerRecord<>(REGISTRY.topic(), "key", value), "key")
                .toCompletableFuture()
                .join();
    }

    private Opening open(String requester, String key) {
        return open(authority(requester), key);
    }

    private Opening open(RegistrationAuthority requester, String key) {
        return writer.open(requester, key).toCompletableFuture().join();
    }

    private static RegistrationAuthority authority(String name) {
        return new RegistrationAuthority(name, CA, false);
    }

    private JobId opened(String requester, String key) {
        return ((Opening.Opened) open(requester, key)).job();
    }

    /// Reads what has been written.
    private MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest") {
            private int read;

            @Override
            public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
                var written = fixture.kafka.history().stream()
                        .filter(record -> record.topic().equals(REGISTRY.topic()))
                        .toList();
                for (; read < written.size(); read++) {
                    addRecord(new ConsumerRecord<>(
                            REGISTRY.topic(),
                            0,
                            read,
                            written.get(read).key(),
                            written.get(read).value()));
                }
                Thread.onSpinWait();
                return super.poll(timeout);
            }
        };
        consumer.updateBeginningOffsets(Map.of(REGISTRY, 0L));
        consumer.updateEndOffsets(Map.of(REGISTRY, 0L));
        return consumer;
    }
}
