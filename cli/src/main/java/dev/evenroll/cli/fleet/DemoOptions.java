package dev.evenroll.cli.fleet;

import java.nio.file.Path;
import java.time.Duration;

/// What a demonstration shall be like.
///
/// @param devices how many, at least 1
/// @param concurrency how many enroll at the same time, at least 1; 1 measures latency at rest
/// @param patience how long one device goes on asking
/// @param directory where an issued certificate is written
/// @param terminal whether progress goes to a terminal, where a line can be rewritten
public record DemoOptions(int devices, int concurrency, Duration patience, Path directory, boolean terminal) {

    public static final int DEFAULT_DEVICES = 50;
    public static final int DEFAULT_CONCURRENCY = 4;

    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    public DemoOptions {
        if (devices < 1 || concurrency < 1) {
            throw new IllegalArgumentException("devices and concurrency: must be at least 1.");
        }
    }

    /// With the usual patience.
    public static DemoOptions of(int devices, int concurrency, Path directory, boolean terminal) {
        return new DemoOptions(devices, concurrency, DEFAULT_PATIENCE, directory, terminal);
    }
}
