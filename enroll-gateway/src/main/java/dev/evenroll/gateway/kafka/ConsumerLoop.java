package dev.evenroll.gateway.kafka;

import dev.evenroll.kafka.client.BrokerContact;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads with one Kafka consumer after the other, in a thread of its own, from [#start] to [#close].
///
/// When a consumer fails it is closed, [Reading#lost] is told, and after a back-off the next one begins anew:
/// one recovery path for every cause.
final class ConsumerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /// What is done with a consumer. Called by the loop's thread only.
    interface Reading {
        /// Subscribes or assigns.
        void begin(Consumer<String, byte[]> consumer);

        /// Takes what one poll returned, which may be nothing.
        void take(ConsumerRecords<String, byte[]> batch, Consumer<String, byte[]> consumer);

        /// The consumer has failed or is being closed; what was true because of it no longer is.
        void lost();
    }

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Reading reading;
    private final String name;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> open;
    private volatile Optional<String> cutOff = Optional.empty();

    /// @param consumers makes a new consumer for each session
    ConsumerLoop(String name, Supplier<Consumer<String, byte[]>> consumers, Reading reading) {
        this.name = name;
        this.consumers = consumers;
        this.reading = reading;
        this.thread = new Thread(this::run, "gateway-" + name);
    }

    void start() {
        thread.start();
    }

    /// Why its consumer does not hear from the broker, in words; empty while it does.
    Optional<String> cutOff() {
        return cutOff;
    }

    /// Whether its thread runs; nothing but [#close] ends it.
    boolean alive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closing.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var backOff = FIRST_BACK_OFF;
        while (running()) {
            var begun = System.nanoTime();
            session();
            if (Duration.ofNanos(System.nanoTime() - begun).compareTo(LONGEST_BACK_OFF) > 0) {
                backOff = FIRST_BACK_OFF;
            }
            pause(backOff);
            var longer = backOff.multipliedBy(2);
            backOff = longer.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : longer;
        }
    }

    private void session() {
        try (var consumer = consumers.get()) {
            open = consumer;
            reading.begin(consumer);
            while (running()) {
                var batch = consumer.poll(POLL);
                cutOff = batch.isEmpty()
                        ? BrokerContact.problem(consumer.metrics().values())
                        : Optional.empty();
                reading.take(batch, consumer);
            }
        } catch (WakeupException | InterruptException e) {
            LOG.atDebug().addKeyValue("reader", name).log("Reader is woken to stop");
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("reader", name).setCause(e).log("Kafka session lost; opening a new one");
        } catch (RuntimeException e) {
            // A broken invariant ends the session and takes the normal way back; ended threads would serve nobody.
            LOG.atError().addKeyValue("reader", name).setCause(e).log("Broken invariant; reading begins anew");
        } finally {
            open = null;
            reading.lost();
        }
    }

    private boolean running() {
        return closing.getCount() > 0;
    }

    private void pause(Duration duration) {
        try {
            var _ = closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
