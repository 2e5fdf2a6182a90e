package dev.evenroll.e2e.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// The step at which a process stands still until it is killed.
///
/// The test arms a step by a file `armed-<step>` in a directory of its own; the process says by
/// `reached-<step>` that it stands there.
public final class CrashPoint {

    private static volatile Path directory = Path.of("");

    private CrashPoint() {}

    static void watch(Path armedSteps) {
        directory = armedSteps;
    }

    /// Called by the code that [CrashAgent] has put into the method under test.
    @SuppressWarnings("InfiniteLoop") // ends with the process
    public static void reached(String step) {
        if (!Files.exists(directory.resolve("armed-" + step))) {
            return;
        }
        try {
            Files.createFile(directory.resolve("reached-" + step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
