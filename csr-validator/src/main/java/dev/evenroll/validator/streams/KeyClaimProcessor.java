package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.state.KeyClaimRequested;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Decodes key claims from the repartition topic, which only this service writes: an unreadable one is a
/// broken invariant, and the task fails rather than lose a claim.
final class KeyClaimProcessor implements Processor<String, byte[], String, Emission> {

    private static final Codec<KeyClaimRequested> CODEC = Codec.of(KeyClaimRequested.class);

    private final EventFactory events;
    private final DecisionMetrics metrics;

    private @Nullable ProcessorContext<String, Emission> context;
    private @Nullable KeyClaimHandler handler;

    KeyClaimProcessor(EventFactory events, DecisionMetrics metrics) {
        this.events = events;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        this.context = context;
        this.handler = new KeyClaimHandler(context.getStateStore(StoreNames.KEY_CLAIM_BY_SPKI), events, metrics);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        for (var emission : Objects.requireNonNull(handler).handle(record.key(), decode(record.value()))) {
            var out = new Record<>(emission.key(), emission, events.now().toEpochMilli());
            Objects.requireNonNull(context).forward(out, Sinks.ofKeyClaim(emission.sink()));
        }
    }

    private static KeyClaimRequested decode(byte[] value) {
        try {
            return CODEC.decode(value);
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "The repartition topic key-claim holds a record that is not a key claim.", e);
        }
    }
}
