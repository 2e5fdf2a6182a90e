package dev.evenroll.hsm.pkcs11;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks for calls that a token does not answer. They can not be cancelled, only told of: each once.
///
/// Safe for use by many threads.
final class CallWatch implements AutoCloseable {

    /// A call in flight; each is another one, whatever its times are.
    private static final class Call {
        private final long started = System.nanoTime();
        /// Only the watching thread reads and writes it.
        private boolean told;

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - started);
        }
    }

    private final Duration slowAfter;
    private final Consumer<String> slow;
    private final String token;
    private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pkcs11-watch").daemon().factory());

    /// @param token as sentences name it
    /// @param slow takes the sentence that tells of a slow call
    CallWatch(String token, Duration slowAfter, Consumer<String> slow) {
        this.token = token;
        this.slowAfter = slowAfter;
        this.slow = slow;
        long period = Math.max(1, slowAfter.toMillis() / 2);
        var _ = watcher.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /// A call begins; close what is returned when it has ended.
    Ended begin() {
        var call = new Call();
        inFlight.add(call);
        return () -> inFlight.remove(call);
    }

    /// Ends a call.
    interface Ended extends AutoCloseable {
        @Override
        void close();
    }

    private void look() {
        for (Call call : inFlight) {
            if (!call.told && isSlow(call)) {
                call.told = true;
                slow.accept(sentence(call));
            }
        }
    }

    private boolean isSlow(Call call) {
        return call.age().compareTo(slowAfter) > 0;
    }

    /// What to say of the call that has been in flight for longest; empty when none is slow.
    Optional<String> problem() {
        return inFlight.stream()
                .filter(this::isSlow)
                .max(Comparator.comparing(Call::age))
                .map(this::sentence);
    }

    private String sentence(Call call) {
        return "The " + token + " has not answered a call for " + call.age().toMillis() + " ms; "
                + TokenFault.SLOW.advice() + ".";
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
