package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.device.DeviceNews;
import dev.evenroll.revocation.device.Horizon;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Takes in what becomes known of devices, from all sources, and looks once a second at what is due.
final class DeviceProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    static final Duration TICK = Duration.ofSeconds(1);

    private final Map<String, Source<?>> sources;
    private final Source<?> otherwise;
    private final Horizon horizon;
    private final Timer looks;
    private final Tasks tasks;
    private @Nullable DeviceTask task;
    private Horizon.@Nullable Part part;

    /// What comes from a topic.
    ///
    /// @param deviceId names the device of an event
    /// @param news says what is new; an IllegalArgumentException puts the record aside
    record Source<T extends SpecificRecordBase>(
            Intake<T> intake, Function<T, String> deviceId, Function<T, DeviceNews> news) {}

    /// Makes the stores' keeper of a task.
    @FunctionalInterface
    interface Tasks {
        DeviceTask of(ProcessorContext<String, Emission> context, Horizon.Part horizon);
    }

    /// @param sources by the names of their topics
    /// @param otherwise what comes from the topic that Streams names itself
    /// @param looks told how long each look at what is due took
    DeviceProcessor(Map<String, Source<?>> sources, Source<?> otherwise, Horizon horizon, Timer looks, Tasks tasks) {
        this.sources = Map.copyOf(sources);
        this.otherwise = otherwise;
        this.horizon = horizon;
        this.looks = looks;
        this.tasks = tasks;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        var own = horizon.open();
        part = own;
        var opened = tasks.of(context, own);
        task = opened;
        context.schedule(
                TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> looks.record(() -> opened.look(timestamp)));
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        var topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        take(sources.getOrDefault(topic, otherwise), source);
    }

    private <T extends SpecificRecordBase> void take(Source<T> from, Record<String, byte @Nullable []> source) {
        var intake = from.intake();
        intake.decode(source, context()).ifPresent(event -> {
            var device = from.deviceId().apply(event);
            if (!device.equals(source.key())) {
                intake.refuse(source, context(), "The record's key is not its device id " + device + ".");
                return;
            }
            try {
                RevocationTopology.opened(task).take(device, from.news().apply(event), source.timestamp());
            } catch (IllegalArgumentException e) {
                intake.refuse(source, context(), "The event names no certificate: " + e.getMessage() + ".");
            }
        });
    }

    @Override
    public void close() {
        if (part != null) {
            part.close();
        }
    }
}
