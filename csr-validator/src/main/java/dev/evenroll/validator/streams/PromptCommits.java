package dev.evenroll.validator.streams;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// Asks for a commit soon after something was done that a device waits for: at once when the stream thread was asked
/// the last time a while ago, else once that while is over. What no device waits for is committed by the application's
/// commit interval, in larger transactions (docs/adr/0003).
///
/// The while is 20 ms at rest. Under load it is five milliseconds for each record since, up to 100 ms: a transaction
/// costs the same, whatever is in it.
///
/// One for a topology. A commit is the stream thread's, of all its tasks: so is the while.
final class PromptCommits {

    private static final Duration AT_REST = Duration.ofMillis(20);
    private static final long UNDER_LOAD_NANOS = Duration.ofMillis(100).toNanos();
    private static final long FOR_EACH_RECORD_NANOS = Duration.ofMillis(5).toNanos();

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
        /// How often it was asked.
        private long times;
        private int records;

        private boolean isOver(long atLeastNanos) {
            var load = Math.min(UNDER_LOAD_NANOS, records * FOR_EACH_RECORD_NANOS);
            return nanoTime.getAsLong() - askedNanos >= Math.max(atLeastNanos, load);
        }

        private void asked() {
            askedNanos = nanoTime.getAsLong();
            times++;
            records = 0;
        }
    }

    /// For one processor.
    Processor of(ProcessorContext<?, ?> context) {
        var processor = new Processor(context);
        var _ = context.schedule(AT_REST, PunctuationType.WALL_CLOCK_TIME, _ -> processor.askIfOver(0));
        return processor;
    }

    /// A processor, confined to the thread of its task.
    final class Processor {

        private final ProcessorContext<?, ?> context;
        /// [Since#times] when it worked the last time: each later commit has its work in it, whoever asked.
        private long workedAt = -1;

        private Processor(ProcessorContext<?, ?> context) {
            this.context = context;
        }

        /// Something was done that a device waits for.
        void worked() {
            var thread = threads.get();
            thread.records++;
            workedAt = thread.times;
            askIfOver(AT_REST.toNanos());
        }

        private void askIfOver(long atLeastNanos) {
            var thread = threads.get();
            if (workedAt == thread.times && thread.isOver(atLeastNanos)) {
                context.commit();
                thread.asked();
            }
        }
    }
}
