package dev.evenroll.cli.stack;

import dev.evenroll.cli.process.FailedStartException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// Runs the steps of a start or a stop one after the other, and tells of each.
final class StackSteps {

    /// What a step does.
    interface Step {
        void run() throws FailedStartException, IOException, InterruptedException;
    }

    private final StackListener listener;
    private final InstantSource clock;

    StackSteps(StackListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void run(String name, Step step) throws FailedStartException, IOException, InterruptedException {
        var from = clock.instant();
        listener.began(name);
        step.run();
        listener.finished(name, Duration.between(from, clock.instant()));
    }

    void progressed(String what) {
        listener.progressed(what);
    }

    void note(String message) {
        listener.note(message);
    }
}
