package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Decodes the records of a repartition topic, which only this service writes: an unusable one is a broken
/// invariant, and the task fails rather than lose it.
final class OwnRecordProcessor<T extends SpecificRecordBase> implements Processor<String, byte[], String, Emission> {

    private final Class<T> type;
    private final Codec<T> codec;
    private final Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers;
    private final UnaryOperator<String> sinks;
    private final EventFactory events;
    private final PromptCommits commits;

    private @Nullable ProcessorContext<String, Emission> context;
    private @Nullable EventHandler<T> handler;
    private PromptCommits.@Nullable Processor commit;

    /// @param handlers makes the handler on the stores of the task
    /// @param sinks the name that a way out has in the sub-topology of this processor
    OwnRecordProcessor(
            Class<T> type,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers,
            UnaryOperator<String> sinks,
            EventFactory events,
            PromptCommits commits) {
        this.type = type;
        this.codec = Codec.of(type);
        this.handlers = handlers;
        this.sinks = sinks;
        this.events = events;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        this.context = context;
        this.handler = handlers.apply(context);
        this.commit = commits.of(context);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        try {
            var event = codec.decode(record.value());
            for (var emission : Objects.requireNonNull(handler).handle(record.key(), event)) {
                var out = new Record<>(emission.key(), emission, events.now().toEpochMilli());
                Objects.requireNonNull(context).forward(out, sinks.apply(emission.sink()));
            }
            Objects.requireNonNull(commit).worked();
        } catch (UndecodableException | UnusableException e) {
            throw new IllegalStateException(
                    "A repartition topic of this service holds a record that is no " + type.getSimpleName() + ".", e);
        }
    }
}
