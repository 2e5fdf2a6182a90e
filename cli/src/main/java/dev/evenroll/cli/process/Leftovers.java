package dev.evenroll.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes of an earlier run that was killed: they end by themselves soon after it; this waits for them.
public final class Leftovers {

    private Leftovers() {}

    /// Waits until every recorded process is gone, and kills what is not gone in time.
    ///
    /// @param directory of [ProcessRecord]s; the caller has locked the data directory, so nobody writes there
    /// @return the names of the processes that were waited for
    public static List<String> await(Path directory, Duration limit) throws IOException, InterruptedException {
        var names = new ArrayList<String>();
        var deadline = System.nanoTime() + limit.toNanos();
        try (var files = Files.list(directory)) {
            for (var file : files.sorted().toList()) {
                var record = new ProcessRecord(file);
                var alive = record.alive();
                if (alive.isPresent()) {
                    names.add(String.valueOf(file.getFileName()));
                    awaitOrKill(alive.get(), deadline - System.nanoTime());
                }
                record.delete();
            }
        }
        return names;
    }

    private static void awaitOrKill(ProcessHandle process, long nanos) throws InterruptedException {
        try {
            process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            process.destroyForcibly();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("The end of a process can not fail.", impossible);
        }
    }
}
