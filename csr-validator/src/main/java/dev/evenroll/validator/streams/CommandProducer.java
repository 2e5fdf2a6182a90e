package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.RegisterCommand;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
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
    public void append(RegisterCommand command) throws RegistryUnavailableException {
        var deviceId = command.deviceId().value();
        var event = DeviceCommanded.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setCommandId(command.commandId())
                .setActor(command.actor())
                .setDeviceId(deviceId)
                .setCommand(new RegisterDevice(DeviceRecords.toRecord(command.registration())))
                .build();
        try {
            producer.send(Outgoing.to(Topics.DEVICE_COMMANDED, environment, deviceId, event))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unconfirmed(deviceId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unconfirmed(deviceId, e);
        }
    }

    private static RegistryUnavailableException unconfirmed(String deviceId, Exception cause) {
        return new RegistryUnavailableException(
                "The registration of " + deviceId + " could not be written to Kafka for certain; repeat it, "
                        + "which does no harm, and see the log of csr-validator if this goes on.",
                cause);
    }
}
