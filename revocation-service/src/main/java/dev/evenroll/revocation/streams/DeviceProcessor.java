package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.device.DeviceNews;
import java.time.Duration;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Takes in what becomes known of devices, from one source.
///
/// @param <T> its records
final class DeviceProcessor<T extends SpecificRecordBase>
        extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    static final Duration TICK = Duration.ofSeconds(1);

    private final Intake<T> intake;
    private final Function<T, String> deviceId;
    private final Function<T, DeviceNews> news;
    private final Tasks tasks;
    private final boolean ticks;
    private @Nullable DeviceTask task;

    /// Makes the stores' keeper of a task.
    @FunctionalInterface
    interface Tasks {
        DeviceTask of(ProcessorContext<String, Emission> context);
    }

    /// @param deviceId names the device of an event
    /// @param news says what is new; an IllegalArgumentException puts the record aside
    /// @param ticks whether it looks at what is due: one processor of a task does
    DeviceProcessor(
            Intake<T> intake, Function<T, String> deviceId, Function<T, DeviceNews> news, Tasks tasks, boolean ticks) {
        this.intake = intake;
        this.deviceId = deviceId;
        this.news = news;
        this.tasks = tasks;
        this.ticks = ticks;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        var opened = tasks.of(context);
        task = opened;
        if (ticks) {
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, opened::look);
        }
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        intake.decode(source, context()).ifPresent(event -> {
            var device = deviceId.apply(event);
            if (!device.equals(source.key())) {
                intake.refuse(source, context(), "The record's key is not its device id " + device + ".");
                return;
            }
            try {
                RevocationTopology.opened(task).take(device, news.apply(event), source.timestamp());
            } catch (IllegalArgumentException e) {
                intake.refuse(source, context(), "The event names no certificate: " + e.getMessage() + ".");
            }
        });
    }
}
