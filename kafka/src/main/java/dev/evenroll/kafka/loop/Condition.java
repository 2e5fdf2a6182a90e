package dev.evenroll.kafka.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is wrong with a loop: told in words, in the log, and counted by kind in `evenroll.loop.faults`.
///
/// Written by the loop's thread, read by any.
final class Condition {

    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);

    /// Something of a loop that can go wrong.
    @FunctionalInterface
    interface Part {
        void run() throws FaultException;
    }

    /// Why a batch was not committed.
    private enum Kind {
        /// What a transformation needs does not work now.
        FAULT,
        /// The broker did not answer, or refused.
        SESSION_LOST,
        /// Something that can not be explained.
        BROKEN_INVARIANT;

        private String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String loop;
    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
    private volatile @Nullable String problem = Contact.NOT_STARTED;

    Condition(String loop, MeterRegistry metrics) {
        this.loop = loop;
        for (var kind : Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("evenroll.loop.faults")
                            .description("Batches that were not committed, or sessions that did not open; tried again")
                            .tag("loop", loop)
                            .tag("kind", kind.label())
                            .register(metrics));
        }
    }

    /// Does something; when that fails, tells.
    void during(Part part) {
        try {
            part.run();
        } catch (WakeupException | InterruptException e) {
            LOG.atDebug().addKeyValue("loop", loop).log("Loop is woken to stop");
        } catch (FaultException e) {
            count(Kind.FAULT, "can not go on: " + e.getMessage());
            // The sentence says everything, and is said again at each attempt.
            LOG.atWarn()
                    .addKeyValue("loop", loop)
                    .addKeyValue("cause", e.getMessage())
                    .log("Batch aborted by a fault; it is read again");
        } catch (KafkaException e) {
            count(Kind.SESSION_LOST, Contact.lost(e));
            LOG.atWarn().addKeyValue("loop", loop).setCause(e).log(Contact.advice(e));
        } catch (RuntimeException e) {
            count(Kind.BROKEN_INVARIANT, "met a broken invariant: " + e);
            LOG.atError().addKeyValue("loop", loop).setCause(e).log("Batch not committed; it is read again");
        }
    }

    private void count(Kind kind, String words) {
        problem = words;
        var counter = counters.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    /// It is started.
    void started() {
        problem = Contact.NOT_JOINED;
    }

    /// What is wrong now.
    void is(Optional<String> words) {
        problem = words.orElse(null);
    }

    /// In words that follow "loop x"; empty when nothing is wrong.
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
