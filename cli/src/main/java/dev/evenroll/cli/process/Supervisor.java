package dev.evenroll.cli.process;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Starts processes, and starts again what dies unasked, until it dies too often.
///
/// A process is *held* while it is being started for the first time or was killed on purpose: its death is then the
/// business of the caller. Once it was ready it is *kept*: its death is reported and it is started again.
public final class Supervisor {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(2);
    private static final int RESTARTS = 3;
    private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(1);

    private final SupervisionListener listener;
    private final InstantSource clock;
    private final Map<Supervised, RestartBudget> budgets = new HashMap<>();
    private final Set<Supervised> kept = new HashSet<>();
    private final CompletableFuture<String> givenUp = new CompletableFuture<>();
    private boolean stopping;

    public Supervisor(SupervisionListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /// Starts a process and holds it.
    public synchronized void start(Supervised process) throws IOException, FailedStartException {
        if (stopping) {
            throw new FailedStartException("Stopped before " + process.name() + " was started.");
        }
        process.start();
        var _ = process.exit()
                .thenAccept(exit ->
                        Thread.ofVirtual().name("after-" + process.name()).start(() -> ended(process, exit)));
    }

    /// Waits until a started process is ready, and keeps it from then on.
    ///
    /// @throws FailedStartException when it dies or the time is over, with the end of its log
    public void awaitReady(Supervised process, Duration limit) throws FailedStartException, InterruptedException {
        awaitReady(List.of(process), limit, _ -> {});
    }

    /// Waits until all started processes are ready, and keeps them from then on.
    ///
    /// @param waiting is told which are not ready yet, whenever that changes
    /// @throws FailedStartException when one dies or the time is over, with the end of its log
    public void awaitReady(List<? extends Supervised> processes, Duration limit, Consumer<List<String>> waiting)
            throws FailedStartException, InterruptedException {
        var deadline = clock.instant().plus(limit);
        var missing = new ArrayList<Supervised>(processes);
        boolean changed = true;
        while (!missing.isEmpty()) {
            if (changed) {
                waiting.accept(names(missing));
            }
            checkAlive(processes);
            if (clock.instant().isAfter(deadline)) {
                throw new FailedStartException(String.join(", ", names(missing)) + ": not ready within "
                        + limit.toSeconds() + " s; see the log, or try again when the machine is less busy.");
            }
            Thread.sleep(POLL);
            changed = missing.removeIf(Supervised::ready);
        }
        synchronized (this) {
            checkAlive(processes);
            kept.addAll(processes);
        }
    }

    private static void checkAlive(List<? extends Supervised> processes) throws FailedStartException {
        for (var process : processes) {
            if (process.exit().isDone()) {
                var exit = process.exit().join();
                throw new FailedStartException(process.name() + " ended with status " + exit.status()
                        + " before it was ready. The end of its log:\n" + indented(exit.logTail()));
            }
        }
    }

    private static List<String> names(List<Supervised> processes) {
        return processes.stream().map(Supervised::name).toList();
    }

    /// Kills a process, as a crash would; it stays down until it is started again.
    public void kill(Supervised process) throws InterruptedException {
        synchronized (this) {
            kept.remove(process);
        }
        process.kill();
    }

    /// Ends one process in order; it stays down until it is started again.
    public void stop(Supervised process, Duration limit) throws InterruptedException, IOException {
        synchronized (this) {
            kept.remove(process);
        }
        process.terminate();
        process.awaitEnd(limit);
    }

    /// Completes with a sentence when a process died too often, or could not be started again.
    public CompletableFuture<String> givenUp() {
        return givenUp;
    }

    /// From now on what ends stays down, and nothing new is started.
    public synchronized void startNothingMore() {
        stopping = true;
    }

    /// Ends processes together, and those at once that take too long.
    public void stop(List<? extends Supervised> processes, Duration limit) throws InterruptedException, IOException {
        startNothingMore();
        var deadline = System.nanoTime() + limit.toNanos();
        processes.forEach(Supervised::terminate);
        for (var process : processes) {
            process.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private void ended(Supervised process, Supervised.Exit exit) {
        var since = clock.instant();
        synchronized (this) {
            if (stopping || !kept.contains(process)) {
                return;
            }
            kept.remove(process);
        }
        try {
            var death = exit;
            while (takeRestart(process)) {
                listener.died(process, death);
                var another = startAgain(process);
                if (another.isEmpty()) {
                    listener.recovered(process, Duration.between(since, clock.instant()));
                    return;
                }
                death = another.get();
            }
            givenUp.complete(process.name() + " died more than " + RESTARTS + " times within "
                    + RESTARTS_WITHIN.toSeconds() + " s: see its log for the cause.");
        } catch (IOException | FailedStartException failed) {
            givenUp.complete(process.name() + " could not be started again: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return how it died again before it was ready; empty: it is ready
    private Optional<Supervised.Exit> startAgain(Supervised process)
            throws IOException, FailedStartException, InterruptedException {
        start(process);
        try {
            awaitReady(process, RESTART_LIMIT);
            return Optional.empty();
        } catch (FailedStartException failed) {
            synchronized (this) {
                if (stopping || !process.exit().isDone()) {
                    throw failed;
                }
            }
            return Optional.of(process.exit().join());
        }
    }

    private synchronized boolean takeRestart(Supervised process) {
        return budgets.computeIfAbsent(process, _ -> new RestartBudget(RESTARTS, RESTARTS_WITHIN, clock))
                .take();
    }

    private static String indented(List<String> lines) {
        return lines.isEmpty() ? "  (empty)" : "  " + String.join("\n  ", lines);
    }
}
