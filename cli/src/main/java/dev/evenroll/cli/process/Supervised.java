package dev.evenroll.cli.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A process that is started, watched, started again when it dies, and stopped: see [Supervisor]. One at a time calls
/// it.
public interface Supervised {

    /// How a process ended.
    ///
    /// @param status exit status; 128 + signal when a signal ended it
    /// @param logTail its last lines, oldest first
    record Exit(int status, List<String> logTail) {

        private static final int LAST_SIGNAL = 64;
        /// Those that end a process, of the numbers that Linux and macOS have in common.
        private static final Map<Integer, String> SIGNALS = Map.of(
                1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11,
                "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

        public Exit {
            logTail = List.copyOf(logTail);
        }

        /// The signal that ended it: `SIGKILL`; empty when it ended by itself.
        public Optional<String> signal() {
            int number = status - 128;
            return number > 0 && number <= LAST_SIGNAL
                    ? Optional.of(SIGNALS.getOrDefault(number, "signal " + number))
                    : Optional.empty();
        }
    }

    /// For people: `issuer`.
    String name();

    /// Starts it, without waiting until it is ready.
    void start() throws IOException;

    /// Whether the running process can do its work now.
    boolean ready();

    /// Completes when the process that was started last has ended, for whatever reason.
    CompletableFuture<Exit> exit();

    /// Process id of what was started last.
    long pid();

    /// Ends it at once, as a crash does.
    void kill() throws InterruptedException;

    /// Asks it to end, without waiting. Nothing when it was never started.
    void terminate();

    /// Waits for its end, and ends it at once when the time is over. Nothing when it was never started.
    void awaitEnd(Duration limit) throws InterruptedException, IOException;
}
