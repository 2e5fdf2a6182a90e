package dev.evenroll.cli.retry;

import java.time.Duration;

/// Waiting, as a thing that a test can replace.
@FunctionalInterface
public interface Pause {
    void last(Duration duration) throws InterruptedException;
}
