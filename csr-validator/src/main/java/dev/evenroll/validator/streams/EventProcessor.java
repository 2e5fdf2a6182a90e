package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.SecurityObservation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Decodes the records of one source topic, hands each event to its handler, and forwards what follows.
///
/// What can not be used (undecodable, of another environment, under the wrong key, refused by the
/// handler) becomes a dead letter and a security observation. It never stops the partition.
final class EventProcessor<T extends SpecificRecordBase> implements Processor<String, byte[], String, Emission> {

    /// No event that comes here is larger: the largest is a request with a CSR of 16 KiB and a chain. The
    /// broker limits what is compressed, not what it becomes.
    static final int LARGEST_EVENT_BYTES = 256 * 1024;

    /// How often a handler looks whether something is due.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final EventKind<T> kind;
    private final Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers;
    private final UnaryOperator<String> sinks;
    private final EventFactory events;
    private final DecisionMetrics metrics;
    private final Placement placement;
    private final PromptCommits commits;

    private @Nullable ProcessorContext<String, Emission> context;
    private @Nullable EventHandler<T> handler;
    private PromptCommits.@Nullable Processor commit;

    /// @param handlers makes the handler on the stores of the task
    /// @param sinks the name that a way out has in the sub-topology of this processor
    EventProcessor(
            EventKind<T> kind,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers,
            UnaryOperator<String> sinks,
            EventFactory events,
            DecisionMetrics metrics,
            Placement placement,
            PromptCommits commits) {
        this.kind = kind;
        this.handlers = handlers;
        this.sinks = sinks;
        this.events = events;
        this.metrics = metrics;
        this.placement = placement;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        this.context = context;
        this.handler = handlers.apply(context);
        this.commit = kind.awaited() ? commits.of(context) : null;
        if (handler instanceof DueHandler due) {
            var _ = context.schedule(BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, _ -> forward(due.due()));
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        forward(follow(record));
        if (commit != null) {
            commit.worked();
        }
    }

    private void forward(List<Emission> emissions) {
        for (var emission : emissions) {
            var out = new Record<>(emission.key(), emission, events.now().toEpochMilli());
            Objects.requireNonNull(context).forward(out, sinks.apply(emission.sink()));
        }
    }

    private List<Emission> follow(Record<String, byte[]> record) {
        try {
            if (record.value() != null && record.value().length > LARGEST_EVENT_BYTES) {
                throw new UnusableException("The value of " + record.value().length + " bytes is larger than any "
                        + kind.subject() + " event.");
            }
            var event = kind.codec().decode(record.value());
            var environment = kind.environment().apply(event);
            if (!environment.equals(events.environment())) {
                return aside(record, SecurityObservation.FOREIGN_ENVIRONMENT, foreign(environment));
            }
            if (!kind.key().apply(event).equals(record.key())) {
                throw new UnusableException("The record's key is not the " + kind.subject()
                        + " that its event is about: it stands in a wrong place.");
            }
            if (!placement.allows(record.key(), source().partition())) {
                throw new UnusableException("The record does not stand in the partition of its " + kind.subject()
                        + ": whoever wrote it chose the partition; examine who may write the topic.");
            }
            return Objects.requireNonNull(handler).handle(record.key(), event);
        } catch (UndecodableException | UnusableException e) {
            return aside(record, SecurityObservation.HOSTILE_RECORD, String.valueOf(e.getMessage()));
        }
    }

    private String foreign(String environment) {
        return "The event is of the environment \"" + environment + "\", this service is of \"" + events.environment()
                + "\".";
    }

    private List<Emission> aside(Record<String, byte[]> record, SecurityObservation what, String cause) {
        metrics.deadLetter();
        var source = source();
        var key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
        var letter = events.deadLetters()
                .of(source.topic(), source.partition(), source.offset(), key, record.value(), cause);
        var position = Map.of(
                "topic", source.topic(),
                "partition", Integer.toString(source.partition()),
                "offset", Long.toString(source.offset()));
        var shortKey = DeadLetters.key(record.key());
        return List.of(
                Emission.to(Sinks.DEAD_LETTER, shortKey, letter),
                events.observation(what, Objects.requireNonNullElse(shortKey, source.topic()), cause, position));
    }

    private RecordMetadata source() {
        return Objects.requireNonNull(context)
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of a source topic has no position."));
    }
}
