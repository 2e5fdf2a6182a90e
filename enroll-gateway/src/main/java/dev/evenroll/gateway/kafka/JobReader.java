package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions about jobs from `job.progressed`, one after the other, in a thread of its own.
///
/// What it has read of the jobs asked for last is kept, so that the next question costs only what has come since;
/// whatever is forgotten, by a restart or for another job, is read again from the offset in the job's id. A question
/// that would take too long is answered with [Answer.Busy], and the next one goes on from there.
public final class JobReader implements JobQueries, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobReader.class);

    /// Jobs that are remembered: 4 MB each at most.
    private static final int REMEMBERED = 16;
    /// Questions that may wait.
    private static final int QUEUE = 64;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final String environment;
    private final GatewayProducer producer;
    private final InstantSource clock;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> new Thread(task, "gateway-jobs"));
    // Of that thread.
    private final Map<JobId, JobView> views = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobView> eldest) {
            return size() > REMEMBERED;
        }
    };
    private @Nullable Consumer<String, byte[]> open;

    public JobReader(KafkaSettings settings, GatewayProducer producer, InstantSource clock) {
        this(() -> new KafkaConsumer<>(settings.reader()), settings.environment(), producer, clock);
    }

    JobReader(
            Supplier<Consumer<String, byte[]>> consumers,
            String environment,
            GatewayProducer producer,
            InstantSource clock) {
        this.consumers = consumers;
        this.topic = Topics.JOB_PROGRESSED.name(environment);
        this.environment = environment;
        this.producer = producer;
        this.clock = clock;
    }

    /// The end of each partition now.
    public CompletableFuture<Map<Integer, Long>> ends() {
        return ask(consumer -> {
            var ends = new HashMap<Integer, Long>();
            consumer.endOffsets(consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList())
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        });
    }

    @Override
    public CompletableFuture<Answer> progress(JobId job, RegistrationAuthority requester) {
        return about(job, requester, (_, view) -> view.progress(clock.instant()));
    }

    @Override
    public CompletableFuture<Answer> standing(JobId job, RegistrationAuthority requester) {
        return about(job, requester, (_, view) -> view.standing());
    }

    @Override
    public CompletableFuture<Answer> results(JobId job, RegistrationAuthority requester, int after, int limit) {
        return about(job, requester, (story, view) -> story.results(view.ended(after, limit)));
    }

    private interface Question {
        Answer about(JobStory story, JobView view);
    }

    private CompletableFuture<Answer> about(JobId job, RegistrationAuthority requester, Question question) {
        return this.<Answer>ask(consumer -> {
                    var partitions = consumer.partitionsFor(topic).size();
                    if (job.partition() >= partitions || JobWriter.partition(job, partitions) != job.partition()) {
                        return new Answer.Unknown();
                    }
                    var story = new JobStory(consumer, topic, environment, job, producer);
                    var view = views.computeIfAbsent(job, _ -> new JobView(job.offset()));
                    var read = story.catchUp(view);
                    if (!view.opened()) {
                        views.remove(job);
                        return read == JobStory.Reading.UNFINISHED ? busy() : new Answer.Unknown();
                    }
                    if (!view.belongsTo(requester)) {
                        return new Answer.Unknown();
                    }
                    return read == JobStory.Reading.UNFINISHED ? busy() : question.about(story, view);
                })
                .exceptionally(failure -> {
                    LOG.atWarn().addKeyValue("job", job).setCause(failure).log("Job could not be read");
                    return new Answer.Busy("The job can not be read at the moment; ask again.");
                });
    }

    private static Answer busy() {
        return new Answer.Busy("The job is long and still being read; ask again.");
    }

    private <T> CompletableFuture<T> ask(Function<Consumer<String, byte[]>, T> question) {
        var answer = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(question.apply(consumer()));
                } catch (RuntimeException e) {
                    // KafkaException, or a broken invariant: told to whoever asked. An ended thread would answer
                    // nobody.
                    forget();
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private Consumer<String, byte[]> consumer() {
        var consumer = open;
        if (consumer == null) {
            consumer = consumers.get();
            open = consumer;
        }
        return consumer;
    }

    private void forget() {
        var consumer = open;
        open = null;
        if (consumer != null) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        try {
            thread.execute(this::forget);
        } catch (RejectedExecutionException _) {
            // Full of questions that nobody waits for any more: the process ends, and the consumer with it.
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
