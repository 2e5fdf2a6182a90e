package dev.evenroll.validator.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// Asks for a commit soon after something was done that a device waits for: at once when the stream thread was asked
/// the
/// last time a while ago, else once that while is over. What no device waits for is committed by the application's
/// commit interval, in larger transactions (docs/adr/0003).
///
/// One for a topology. A commit is the stream thread's, of all its tasks: so is the while.
final class PromptCommits {

    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(20);

    private final ThreadLocal<Long> lastAskedNanos =
            ThreadLocal.withInitial(() -> System.nanoTime() - BETWEEN_COMMITS.toNanos());

    /// For one processor.
    Processor of(ProcessorContext<?, ?> context) {
        var processor = new Processor(context);
        var _ = context.schedule(BETWEEN_COMMITS, PunctuationType.WALL_CLOCK_TIME, _ -> processor.askIfDue());
        return processor;
    }

    /// A processor, confined to the thread of its task.
    final class Processor {

        private final ProcessorContext<?, ?> context;
        private boolean due;

        private Processor(ProcessorContext<?, ?> context) {
            this.context = context;
        }

        /// Something was done that a device waits for.
        void worked() {
            due = true;
            long lastAsked = lastAskedNanos.get();
            if (System.nanoTime() - lastAsked >= BETWEEN_COMMITS.toNanos()) {
                askIfDue();
            }
        }

        private void askIfDue() {
            if (due) {
                context.commit();
                lastAskedNanos.set(System.nanoTime());
                due = false;
            }
        }
    }
}
