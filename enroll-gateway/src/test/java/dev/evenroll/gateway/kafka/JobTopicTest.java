package dev.evenroll.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobQueries.Answer;
import dev.evenroll.gateway.job.JobState;
import dev.evenroll.gateway.job.LineResult;
import dev.evenroll.gateway.job.TakenLines;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobInterrupted;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobLinesTaken;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bulk jobs as they are read from `job.progressed`.
class JobTopicTest {

    private static final String TOPIC = "test.job.progressed.v1";
    private static final int PARTITIONS = 12;
    private static final String CA = "ca".repeat(32);
    private static final RegistrationAuthority LINE_1 = new RegistrationAuthority("line-1", CA, false);
    private static final RegistrationAuthority LINE_2 = new RegistrationAuthority("line-2", CA, false);
    private static final RegistrationAuthority NAMESAKE = new RegistrationAuthority("line-1", "cb".repeat(32), false);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /// Where the topic begins: older records have been deleted.
    private static final long BEGINNING = 100;

    private final KafkaFixture fixture = new KafkaFixture(true);
    private final List<ConsumerRecord<String, byte[]>> log = new ArrayList<>();
    private final JobId job = job(BEGINNING);
    private Instant now = TestTrust.NOW;
    private int consumers;
    private boolean broken;
    private final JobReader reader =
            new JobReader(this::consumer, KafkaFixture.ENVIRONMENT, fixture.producer, () -> now);

    @AfterEach
    void stop() {
        reader.close();
        fixture.close();
    }

    @Test
    void progressCountsEachLineOnceAndAsFarAsItGot() {
        story();

        assertThat(reader.progress(job, LINE_1))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new Answer.Progress(JobState.SUBMITTED, 0, 6, 2, 1, 1, 2));
    }

    @Test
    void asLongAsItIsNotSubmittedTheHighestLineCounts() {
        tell(job, new JobOpened("line-1", CA));
        tell(job, ended(4, new Pending(60)));

        assertThat(reader.progress(job, LINE_1))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new Answer.Progress(JobState.RECEIVING, 0, 4, 0, 0, 1, 3));
    }

    @Test
    void anUploadThatBreaksOrFallsSilentIsInterruptedUntilItGoesOn() {
        tell(job, new JobOpened("line-1", CA));
        tell(job, new JobLinesTaken(1, List.of(11L, 12L)));
        assertThat(state()).isEqualTo(JobState.RECEIVING);
        now = now.plusSeconds(61);
        assertThat(state()).isEqualTo(JobState.INTERRUPTED);
        now = TestTrust.NOW;
        tell(job, new JobInterrupted(2));
        assertThat(state()).isEqualTo(JobState.INTERRUPTED);
        tell(job, new JobLinesTaken(3, List.of(13L)));
        assertThat(state()).isEqualTo(JobState.RECEIVING);
        tell(job, new JobSubmitted(3));
        tell(job, ended(1, new Issued(ByteBuffer.allocate(1))));
        tell(job, ended(2, new Pending(60)));
        tell(job, ended(3, new Refused(List.of(new Finding("a", "b.")))));
        assertThat(state()).isEqualTo(JobState.SUBMITTED);
        tell(job, ended(2, new Issued(ByteBuffer.allocate(1))));
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    /// Two uploads beside each other tell the same lines; what stands behind a gap is not counted.
    @Test
    void linesCountOnceAndWithoutAGap() {
        tell(job, new JobOpened("line-1", CA));
        tell(job, new JobLinesTaken(1, List.of(11L, 12L)));
        tell(job, new JobLinesTaken(2, List.of(99L, 13L)));
        tell(job, new JobLinesTaken(5, List.of(15L)));
        tell(job, new JobLineEnded(3, "", "", new Refused(List.of(new Finding("job-line", "no.")))));
        tell(job, new JobLineEnded(5, "", "", new Refused(List.of(new Finding("job-line", "no.")))));

        assertThat(reader.standing(job, LINE_1))
                .succeedsWithin(PATIENCE)
                .isInstanceOfSatisfying(Answer.Standing.class, standing -> {
                    assertThat(standing.taken()).usingRecursiveComparison().isEqualTo(lines(11, 12, 13));
                    assertThat(standing.malformed()).isEqualTo(1);
                    assertThat(standing.submitted()).isFalse();
                });
        assertThat(reader.standing(job, LINE_2)).succeedsWithin(PATIENCE).isEqualTo(new Answer.Unknown());
    }

    private static TakenLines lines(long... digests) {
        return new TakenLines(digests, digests.length);
    }

    private JobState state() {
        return ((Answer.Progress) reader.progress(job, LINE_1).join()).state();
    }

    @Test
    void whatComesLaterIsReadInAddition() {
        tell(job, new JobOpened("line-1", CA));
        assertThat(reader.progress(job, LINE_1))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new Answer.Progress(JobState.RECEIVING, 0, 0, 0, 0, 0, 0));

        broken = true;
        tell(job, ended(1, new Issued(ByteBuffer.allocate(1))));
        assertThat(reader.progress(job, LINE_1)).succeedsWithin(PATIENCE).isInstanceOf(Answer.Busy.class);
        broken = false;

        assertThat(reader.progress(job, LINE_1))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new Answer.Progress(JobState.RECEIVING, 0, 1, 1, 0, 0, 0));
        assertThat(consumers).isEqualTo(2);
    }

    @Test
    void resultsComeInTheOrderOfTheLinesPageByPage() {
        story();

        assertThat(lines(0, 2)).containsExactly("1 Issued", "2 Issued");
        assertThat(lines(2, 2)).containsExactly("3 Refused", "5 Pending");
        assertThat(lines(5, 2)).isEmpty();
        assertThat(lines(0, 100)).hasSize(4);
    }

    @Test
    void onlyWhoOpenedAJobMayReadIt() {
        story();

        for (var other : List.of(LINE_2, NAMESAKE)) {
            assertThat(reader.progress(job, other)).succeedsWithin(PATIENCE).isEqualTo(new Answer.Unknown());
            assertThat(reader.standing(job, other)).succeedsWithin(PATIENCE).isEqualTo(new Answer.Unknown());
            assertThat(reader.results(job, other, 0, 9))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(new Answer.Unknown());
        }
    }

    @Test
    void aJobOfTheVersionBeforeIsReadWhereOneCaCanGiveItsName() {
        tell(job, new JobOpened("line-1", ""));

        assertThat(reader.progress(job, LINE_1)).succeedsWithin(PATIENCE).isEqualTo(new Answer.Unknown());
        assertThat(reader.progress(job, new RegistrationAuthority("line-1", CA, true)))
                .succeedsWithin(PATIENCE)
                .isInstanceOf(Answer.Progress.class);
    }

    @Test
    void aJobThatNobodyOpenedIsUnknown() {
        story();
        for (var unknown : List.of(
                job(BEGINNING + 1),
                job(0),
                job(BEGINNING + 1_000_000),
                elsewhere(),
                new JobId(job.uuid(), PARTITIONS, job.offset()))) {
            assertThat(reader.progress(unknown, LINE_1))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(new Answer.Unknown());
        }
    }

    @Test
    void aStepThatCanNotBeUsedIsPutAside() {
        tell(job, new JobOpened("line-1", CA));
        add(job.value(), new byte[] {1, 2, 3});
        add(job.value(), encode("production", job, new JobSubmitted(9)));
        tell(job, ended(0, new Pending(1)));
        tell(job, ended(200_001, new Pending(1)));

        assertThat(reader.progress(job, LINE_1))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new Answer.Progress(JobState.RECEIVING, 0, 0, 0, 0, 0, 0));
        KafkaFixture.await(() -> fixture.kafka.history().size() == 2);
    }

    @Test
    void theEndsOfAllPartitionsAreKnown() {
        assertThat(reader.ends())
                .succeedsWithin(PATIENCE)
                .satisfies(ends -> assertThat(ends).hasSize(PARTITIONS).containsEntry(job.partition(), BEGINNING));
    }

    /// Six lines: 1 and 2 issued, 3 refused, 5 pending, 4 and 6 running; with what others wrote in between.
    private void story() {
        for (int i = 0; i < 5; i++) {
            tell(job(BEGINNING + i + 50), new JobOpened("line-1", CA));
        }
        tell(job, new JobOpened("line-1", CA));
        tell(job, new JobOpened("line-2", CA));
        tell(job, ended(2, new Pending(60)));
        tell(job, ended(5, new Pending(60)));
        tell(job, ended(3, new Refused(List.of(new Finding("a", "b.")))));
        tell(job, new JobSubmitted(6));
        for (int i = 0; i < 3_000; i++) {
            add("another job", new byte[0]);
        }
        tell(job, ended(2, new Issued(ByteBuffer.wrap(new byte[] {2}))));
        tell(job, ended(1, new Issued(ByteBuffer.wrap(new byte[] {1}))));
        tell(job, ended(1, new Issued(ByteBuffer.wrap(new byte[] {1}))));
        tell(job, ended(1, new Pending(60)));
    }

    private List<String> lines(int after, int limit) {
        var answer = reader.results(job, LINE_1, after, limit).join();
        return ((Answer.Results) answer)
                .lines().stream()
                        .map(result -> result.line() + " "
                                + LineResult.Ending.class
                                        .cast(result.ending())
                                        .getClass()
                                        .getSimpleName())
                        .toList();
    }

    private static JobLineEnded ended(int line, Object result) {
        return new JobLineEnded(line, "SN-" + line, "e" + line, result);
    }

    private void tell(JobId id, Object step) {
        add(id.value(), encode("test", id, step));
    }

    private void add(String key, byte[] value) {
        log.add(new ConsumerRecord<>(TOPIC, job.partition(), BEGINNING + log.size(), key, value));
    }

    private static byte[] encode(String environment, JobId id, Object step) {
        return Codec.of(JobProgressed.class)
                .encode(JobProgressed.newBuilder()
                        .setEnvironment(environment)
                        .setOccurredAt(TestTrust.NOW)
                        .setJobId(id.value())
                        .setStep(step)
                        .build());
    }

    /// An id that belongs where it says.
    private static JobId job(long offset) {
        while (true) {
            var found = new JobId(UUID.randomUUID(), 7, offset);
            if (JobWriter.partition(found, PARTITIONS) == 7) {
                return found;
            }
        }
    }

    /// The job, said to be in a partition where its key does not belong.
    private JobId elsewhere() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new JobId(job.uuid(), partition, job.offset()))
                .filter(found -> JobWriter.partition(found, PARTITIONS) != found.partition())
                .findFirst()
                .orElseThrow();
    }

    /// A consumer of the log as it is whenever it polls.
    private MockConsumer<String, byte[]> consumer() {
        consumers++;
        var consumer = new MockConsumer<String, byte[]>("earliest") {
            private long read;

            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(java.util.Collection<TopicPartition> partitions) {
                if (broken) {
                    throw new KafkaException("broker gone");
                }
                var ends = new HashMap<TopicPartition, Long>();
                partitions.forEach(partition ->
                        ends.put(partition, partition.partition() == job.partition() ? BEGINNING + log.size() : 0L));
                return ends;
            }

            @Override
            public synchronized void seek(TopicPartition partition, long offset) {
                super.seek(partition, offset);
                read = offset;
            }

            @Override
            public synchronized org.apache.kafka.clients.consumer.ConsumerRecords<String, byte[]> poll(
                    Duration timeout) {
                var from = (int) (read - BEGINNING);
                var to = Math.min(log.size(), from + 500);
                log.subList(from, to).forEach(this::addRecord);
                read = BEGINNING + to;
                return super.poll(timeout);
            }
        };
        var partition = new TopicPartition(TOPIC, job.partition());
        consumer.updateBeginningOffsets(Map.of(partition, BEGINNING));
        consumer.updatePartitions(
                TOPIC,
                IntStream.range(0, PARTITIONS)
                        .mapToObj(number -> new PartitionInfo(TOPIC, number, Node.noNode(), new Node[0], new Node[0]))
                        .toList());
        return consumer;
    }
}
