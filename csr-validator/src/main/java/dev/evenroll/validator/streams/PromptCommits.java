package dev.evenroll.validator.streams;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Asks for a commit soon after something was done that a device waits for: at once when the stream thread was asked
/// the last time a while ago, else once that while is over. What no device waits for is committed by the application's
/// commit interval, in larger transactions (docs/adr/0003).
///
/// The while is 20 ms at rest. Under load it is five milliseconds for each record since, up to 100 ms: a transaction
/// costs the same, whatever is in it.
///
/// One for a topology. A commit is the stream thread's, of all its tasks: so is the while, and one processor looks for
/// all of them. Were each to look by itself, fifty times a second, the thread would take far fewer records at a time.
final class PromptCommits {

    private static final Duration AT_REST = Duration.ofMillis(20);
    private static final long UNDER_LOAD_NANOS = Duration.ofMillis(100).toNanos();
    private static final long FOR_EACH_RECORD_NANOS = Duration.ofMillis(5).toNanos();
    /// Nobody has looked for so long: the task that did has left the thread, and another looks instead.
    private static final long LOOK_LOST_NANOS = Duration.ofMillis(200).toNanos();

    private final LongSupplier nanoTime;
    private final ThreadLocal<Since> threads = ThreadLocal.withInitial(Since::new);

    PromptCommits() {
        this(System::nanoTime);
    }

    PromptCommits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// What a stream thread has done since it was asked for a commit the last time.
    private final class Since {

        private long askedNanos = nanoTime.getAsLong() - UNDER_LOAD_NANOS;
        private int records;
        /// Of the task that worked the last time: a thread takes no notice of one that has nothing to commit.
        private @Nullable ProcessorContext<?, ?> latest;

        /// Looks for the whole thread, with one of its tasks.
        private @Nullable Cancellable look;

        private long lookedNanos;

        private void worked(ProcessorContext<?, ?> context) {
            records++;
            latest = context;
            askIfOver(AT_REST.toNanos());
            if (latest != null && (look == null || nanoTime.getAsLong() - lookedNanos > LOOK_LOST_NANOS)) {
                lookWith(context);
            }
        }

        private void askIfOver(long atLeastNanos) {
            var load = Math.min(UNDER_LOAD_NANOS, records * FOR_EACH_RECORD_NANOS);
            if (latest != null && nanoTime.getAsLong() - askedNanos >= Math.max(atLeastNanos, load)) {
                // The commit has everything in it that the thread has done.
                latest.commit();
                latest = null;
                askedNanos = nanoTime.getAsLong();
                records = 0;
            }
        }

        private void lookWith(ProcessorContext<?, ?> context) {
            if (look != null) {
                look.cancel();
            }
            lookedNanos = nanoTime.getAsLong();
            look = context.schedule(AT_REST, PunctuationType.WALL_CLOCK_TIME, _ -> {
                lookedNanos = nanoTime.getAsLong();
                askIfOver(0);
            });
        }
    }

    /// For one processor.
    Processor of(ProcessorContext<?, ?> context) {
        return new Processor(context);
    }

    /// A processor, confined to the thread of its task.
    final class Processor {

        private final ProcessorContext<?, ?> context;

        private Processor(ProcessorContext<?, ?> context) {
            this.context = context;
        }

        /// Something was done that a device waits for.
        void worked() {
            threads.get().worked(context);
        }
    }
}
