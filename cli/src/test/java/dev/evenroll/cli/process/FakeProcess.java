package dev.evenroll.cli.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that does what a test says.
public final class FakeProcess implements Supervised {

    private final boolean diesAtOnce;
    private volatile CompletableFuture<Exit> exit = new CompletableFuture<>();
    private final AtomicInteger starts = new AtomicInteger();
    private volatile boolean ready = true;

    FakeProcess(boolean diesAtOnce) {
        this.diesAtOnce = diesAtOnce;
    }

    public static FakeProcess healthy() {
        return new FakeProcess(false);
    }

    void dies(int status) {
        exit.complete(new Exit(status, List.of("last words")));
    }

    /// After the present process, every one dies before it is ready.
    void breaks() {
        ready = false;
    }

    int starts() {
        return starts.get();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public void start() {
        exit = new CompletableFuture<>();
        starts.incrementAndGet();
        if (diesAtOnce || !ready) {
            dies(1);
        }
    }

    @Override
    public boolean ready() {
        return ready && !diesAtOnce;
    }

    @Override
    public CompletableFuture<Exit> exit() {
        return exit;
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public void kill() {
        dies(137);
    }

    @Override
    public void terminate() {
        dies(143);
    }

    @Override
    public void awaitEnd(Duration limit) {
        exit.join();
    }
}
