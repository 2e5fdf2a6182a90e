package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/// Writes commands to device.commanded.
public final class CommandProducer implements CommandLog {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final String environment;
    private final InstantSource clock;

    /// @param producer owned by the caller
    public CommandProducer(Producer<String, byte[]> producer, String environment, InstantSource clock) {
        this.producer = producer;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public void append(List<DeviceCommand> commands) throws RegistryUnavailableException {
        var confirmations = new ArrayList<Future<RecordMetadata>>(commands.size());
        var now = clock.instant();
        try {
            for (var command : commands) {
                confirmations.add(producer.send(Outgoing.to(
                        Topics.DEVICE_COMMANDED,
                        environment,
                        command.deviceId().value(),
                        CommandRecords.toRecord(command, environment, now))));
            }
            var deadline = System.nanoTime() + LIMIT.toNanos();
            for (var confirmation : confirmations) {
                confirmation.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unconfirmed(commands, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unconfirmed(commands, e);
        }
    }

    private static RegistryUnavailableException unconfirmed(List<DeviceCommand> commands, Exception cause) {
        var what = commands.size() == 1
                ? "The command for " + commands.getFirst().deviceId()
                : "Some of the " + commands.size() + " commands";
        return new RegistryUnavailableException(
                what + " could not be written to Kafka for certain; repeat the call with the same Idempotency-Key, "
                        + "which does no harm, and see the log of csr-validator if this goes on.",
                cause);
    }
}
