package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobOwner;
import dev.evenroll.gateway.job.JobRegistry;
import dev.evenroll.gateway.job.ListedJob;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.RegisteredJob;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// The jobs of `job.registry`, read from its beginning and followed, and entered.
///
/// The topic has one partition, so that all replicas see the same order: of two jobs that are entered under one name
/// at the same time the first one is there, for every replica, and the other is not.
public final class JobRegister implements JobRegistry, AutoCloseable {

    private static final Codec<RegisteredJob> CODEC = Codec.of(RegisteredJob.class);

    /// Time until what was entered has been read.
    private static final Duration ENTRY_LIMIT = Duration.ofSeconds(5);

    /// As long as the topics of jobs keep them.
    private static final Duration KEPT = Duration.ofDays(30);

    private final String environment;
    private final GatewayProducer producer;
    private final InstantSource clock;
    private final ConsumerLoop loop;
    /// In the order in which they were entered; guarded by itself, as are the names.
    private final Map<JobId, ListedJob> jobs = new LinkedHashMap<>();

    private final Map<Name, JobId> names = new HashMap<>();
    /// Entries that wait until they have been read.
    private final Map<JobId, CompletableFuture<JobId>> entering = new ConcurrentHashMap<>();

    private volatile boolean complete;

    private record Name(JobOwner owner, String idempotencyKey) {
        static Name of(ListedJob job) {
            return new Name(job.owner(), job.idempotencyKey());
        }
    }

    public JobRegister(KafkaSettings settings, GatewayProducer producer, InstantSource clock) {
        this(() -> new KafkaConsumer<>(settings.reader()), settings.environment(), producer, clock);
    }

    JobRegister(
            Supplier<Consumer<String, byte[]>> consumers,
            String environment,
            GatewayProducer producer,
            InstantSource clock) {
        this.environment = environment;
        this.producer = producer;
        this.clock = clock;
        this.loop = new ConsumerLoop("job-register", consumers, new FromTheBeginning());
    }

    public void start() {
        loop.start();
    }

    public boolean alive() {
        return loop.alive();
    }

    @Override
    public void close() {
        loop.close();
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public List<ListedJob> of(RegistrationAuthority requester) {
        synchronized (jobs) {
            return jobs.values().stream()
                    .filter(job -> job.owner().is(requester))
                    .toList()
                    .reversed();
        }
    }

    /// Enters a job.
    ///
    /// @return the job that has its name: this one, or another that was entered before
    CompletionStage<JobId> enter(ListedJob job) {
        var entered = new CompletableFuture<JobId>();
        entering.put(job.job(), entered);
        write(job).whenComplete((_, failure) -> {
            if (failure != null) {
                entered.completeExceptionally(failure);
            }
        });
        return entered.orTimeout(ENTRY_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> entering.remove(job.job()));
    }

    /// Notes that all lines of a job have been read.
    CompletionStage<Void> submitted(JobId job) {
        synchronized (jobs) {
            var listed = jobs.get(job);
            return listed == null ? CompletableFuture.completedFuture(null) : write(listed.asSubmitted());
        }
    }

    private CompletionStage<Void> write(ListedJob job) {
        return producer.send(
                Outgoing.to(
                        Topics.JOB_REGISTRY,
                        environment,
                        job.job().value(),
                        RegisteredJob.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setJobId(job.job().value())
                                .setRequester(job.owner().name())
                                .setIssuerKeySha256(job.owner().issuerKeySha256())
                                .setIdempotencyKey(job.idempotencyKey())
                                .setOpenedAt(job.openedAt())
                                .setSubmitted(job.submitted())
                                .build()),
                job.job().value());
    }

    private void take(ConsumerRecord<String, byte[]> source) {
        try {
            var event = CODEC.decode(source.value());
            var job = JobId.parse(event.getJobId());
            if (event.getEnvironment().equals(environment) && job.isPresent()) {
                take(new ListedJob(
                        job.get(),
                        new JobOwner(event.getRequester(), event.getIssuerKeySha256()),
                        event.getIdempotencyKey(),
                        event.getOpenedAt(),
                        event.getSubmitted()));
            } else {
                producer.deadLetter(source, "The job is of another environment, or its id is none.");
            }
        } catch (UndecodableException e) {
            producer.deadLetter(source, String.valueOf(e.getMessage()));
        }
    }

    private void take(ListedJob job) {
        JobId named;
        synchronized (jobs) {
            forgetOld();
            named = jobs.containsKey(job.job()) || job.idempotencyKey().isEmpty()
                    ? job.job()
                    : names.computeIfAbsent(Name.of(job), _ -> job.job());
            if (named.equals(job.job())) {
                // Read twice, or late: what is submitted stays so. Whose it is, its first entry says: a replica of the
                // version before leaves the CA out when it enters the job as submitted.
                jobs.merge(job.job(), job, (before, after) -> after.submitted() ? before.asSubmitted() : before);
            }
        }
        var waiting = entering.remove(job.job());
        if (waiting != null) {
            waiting.complete(named);
        }
    }

    private void forgetOld() {
        var oldest = clock.instant().minus(KEPT);
        while (!jobs.isEmpty() && jobs.values().iterator().next().openedAt().isBefore(oldest)) {
            var old = jobs.values().iterator().next();
            jobs.remove(old.job());
            names.remove(Name.of(old), old.job());
        }
    }

    private final class FromTheBeginning implements ConsumerLoop.Reading {
        private long end;

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            var partition = new TopicPartition(Topics.JOB_REGISTRY.name(environment), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }

        @Override
        public void take(ConsumerRecords<String, byte[]> batch, Consumer<String, byte[]> consumer) {
            batch.forEach(JobRegister.this::take);
            if (!complete) {
                complete = consumer.assignment().stream().allMatch(partition -> consumer.position(partition) >= end);
            }
        }

        @Override
        public void lost() {
            complete = false;
        }
    }
}
