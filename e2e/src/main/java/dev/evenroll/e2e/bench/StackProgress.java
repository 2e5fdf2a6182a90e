package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.Supervised;
import dev.evenroll.cli.stack.StackListener;
import java.time.Duration;
import java.util.function.Consumer;

/// Tells of a stack only what spoils a measurement: deaths and notes.
///
/// @param progress a line at a time
record StackProgress(Consumer<String> progress) implements StackListener {

    @Override
    public void began(String step) {}

    @Override
    public void progressed(String what) {}

    @Override
    public void finished(String step, Duration took) {}

    @Override
    public void note(String message) {
        progress.accept(message);
    }

    @Override
    public void died(Supervised process, Supervised.Exit exit) {
        progress.accept(process.name() + " died with status " + exit.status() + ": " + exit.logTail());
    }

    @Override
    public void recovered(Supervised process, Duration since) {
        progress.accept(process.name() + " is ready again");
    }
}
