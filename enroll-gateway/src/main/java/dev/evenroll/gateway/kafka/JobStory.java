package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobQueries.Answer;
import dev.evenroll.gateway.job.LineFinding;
import dev.evenroll.gateway.job.LineResult;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What `job.progressed` tells of one job, read for one question.
final class JobStory {

    /// How far the reading got.
    enum Reading {
        /// To the end, or so far that there can be no such job.
        FINISHED,
        /// The time is up.
        UNFINISHED
    }

    private static final Codec<JobProgressed> CODEC = Codec.of(JobProgressed.class);

    /// Time for one question.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(200);
    /// How many records of other jobs may stand before the beginning of this one: far more than are written while
    /// a job is being opened. An id that somebody made up must not have the whole topic read.
    private static final long BEFORE_BEGINNING = 50_000;
    /// Records that are rather read over than jumped over.
    private static final long JUMP = 1_000;

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final String environment;
    private final JobId job;
    private final GatewayProducer producer;
    private final long deadline = System.nanoTime() + LIMIT.toNanos();

    JobStory(Consumer<String, byte[]> consumer, String topic, String environment, JobId job, GatewayProducer producer) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, job.partition());
        this.environment = environment;
        this.job = job;
        this.producer = producer;
        consumer.assign(List.of(partition));
    }

    /// Enters what has come since the view was brought up to date.
    Reading catchUp(JobView view) {
        var end = Objects.requireNonNull(
                consumer.endOffsets(List.of(partition)).get(partition), "the end of the partition");
        var beginning = Objects.requireNonNull(
                consumer.beginningOffsets(List.of(partition)).get(partition), "the beginning of the partition");
        view.position(Math.max(view.position(), beginning));
        if (view.position() >= end) {
            return Reading.FINISHED;
        }
        consumer.seek(partition, view.position());
        while (view.position() < end) {
            if (System.nanoTime() > deadline) {
                return Reading.UNFINISHED;
            }
            if (!view.opened() && view.position() - job.offset() > BEFORE_BEGINNING) {
                return Reading.FINISHED;
            }
            consumer.poll(POLL)
                    .records(partition)
                    .forEach(found -> decode(found).ifPresent(event -> view.enter(event, found.offset())));
            view.position(consumer.position(partition));
        }
        return Reading.FINISHED;
    }

    /// What has become of some lines.
    ///
    /// @param ends numbers of the lines by the offset where their end stands
    Answer results(SortedMap<Long, Integer> ends) {
        var wanted = new TreeMap<>(ends);
        var found = new TreeMap<Integer, LineResult>();
        var position = Long.MAX_VALUE;
        while (!wanted.isEmpty()) {
            if (System.nanoTime() > deadline) {
                return new Answer.Busy("The results can not be read in time; ask for fewer at once.");
            }
            var next = wanted.firstKey();
            if (position > next || next - position > JUMP) {
                consumer.seek(partition, next);
            }
            for (var source : consumer.poll(POLL).records(partition)) {
                if (wanted.containsKey(source.offset())) {
                    decode(source).flatMap(JobStory::result).ifPresent(result -> found.put(result.line(), result));
                }
            }
            position = consumer.position(partition);
            // Found, or deleted by now.
            wanted.headMap(position).clear();
        }
        return new Answer.Results(List.copyOf(found.values()));
    }

    private Optional<JobProgressed> decode(ConsumerRecord<String, byte[]> source) {
        if (!job.value().equals(source.key())) {
            return Optional.empty();
        }
        try {
            var event = CODEC.decode(source.value());
            if (event.getEnvironment().equals(environment)) {
                return Optional.of(event);
            }
            producer.deadLetter(source, "The step of a job is of another environment.");
        } catch (UndecodableException e) {
            producer.deadLetter(source, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static Optional<LineResult> result(JobProgressed event) {
        if (!(event.getStep() instanceof JobLineEnded ended)) {
            return Optional.empty();
        }
        return ending(ended)
                .map(ending -> new LineResult(ended.getLine(), ended.getDeviceId(), ended.getEnrollmentId(), ending));
    }

    private static Optional<LineResult.Ending> ending(JobLineEnded ended) {
        return switch (ended.getResult()) {
            case Issued issued -> Optional.of(new LineResult.Ending.Issued(Events.der(issued.getCertificate())));
            case Refused refused ->
                Optional.of(new LineResult.Ending.Refused(refused.getFindings().stream()
                        .map(finding -> new LineFinding(finding.getRule(), finding.getMessage()))
                        .toList()));
            case Pending _ -> Optional.of(new LineResult.Ending.Pending());
            case null, default -> Optional.empty();
        };
    }
}
