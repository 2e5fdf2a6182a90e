package dev.evenroll.kafka.streams;

import dev.evenroll.kafka.client.BrokerContact;
import dev.evenroll.kafka.client.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the topology of a service.
///
/// A stream thread that dies is replaced: its transaction is aborted and its tasks restored, the normal
/// recovery path. When threads die faster than they live, replacing them cures nothing: the application
/// stops, [#alive()] turns false and the platform restarts the process.
public final class StreamsRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int DEATHS_THAT_STOP = 10;
    private static final Duration DEATHS_COUNTED_FOR = Duration.ofMinutes(5);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;

    private int deaths;
    private long firstDeathNanos;

    /// A topology that is not started yet, and whose stores nobody reads before they are committed, or it does not
    /// matter.
    ///
    /// @param stateDirectory where its stores live; kept between starts
    public StreamsRunner(KafkaSettings settings, Topology topology, Path stateDirectory, MeterRegistry registry) {
        this(settings, topology, new Commits(), stateDirectory, registry);
    }

    /// A topology that is not started yet.
    ///
    /// @param commits told how each transaction ends
    /// @param stateDirectory where its stores live; kept between starts
    public StreamsRunner(
            KafkaSettings settings, Topology topology, Commits commits, Path stateDirectory, MeterRegistry registry) {
        var properties = new Properties();
        properties.putAll(settings.streams(stateDirectory));
        this.streams = new KafkaStreams(topology, properties, new TellingClients(commits));
        this.metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        streams.setUncaughtExceptionHandler(this::decide);
        streams.setStateListener((now, before) ->
                LOG.atInfo().addKeyValue("from", before).addKeyValue("to", now).log("Streams changed state"));
    }

    public void start() {
        streams.start();
    }

    /// Whether all stores are restored, and records are processed as they come.
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING && contactProblem().isEmpty();
    }

    private Optional<String> contactProblem() {
        return BrokerContact.problem(streams.metrics().values());
    }

    /// Whether it runs or will run again by itself.
    public boolean alive() {
        return switch (streams.state()) {
            case CREATED, REBALANCING, RUNNING -> true;
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> false;
        };
    }

    /// The state for health data: Kafka's name of it, or why it does not get on.
    public String state() {
        return contactProblem().orElse(streams.state().name());
    }

    /// For interactive queries.
    public KafkaStreams streams() {
        return streams;
    }

    @Override
    public void close() {
        streams.close(CLOSE_LIMIT);
        metrics.close();
    }

    private synchronized StreamThreadExceptionResponse decide(Throwable cause) {
        var now = System.nanoTime();
        if (deaths == 0 || now - firstDeathNanos > DEATHS_COUNTED_FOR.toNanos()) {
            deaths = 0;
            firstDeathNanos = now;
        }
        deaths++;
        if (deaths >= DEATHS_THAT_STOP) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("deaths", deaths)
                    .log(
                            "Stream threads die again and again; the application stops, restart it once the cause is mended");
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.atError().setCause(cause).addKeyValue("deaths", deaths).log("A stream thread died; replacing it");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
