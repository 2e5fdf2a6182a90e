package dev.evenroll.cli.stack;

import dev.evenroll.cli.process.Supervised;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps what a stack tells.
final class RecordingListener implements StackListener {

    private final List<String> finished = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    List<String> finished() {
        return finished;
    }

    List<String> notes() {
        return notes;
    }

    /// The next death or recovery.
    @Nullable
    String next() throws InterruptedException {
        return events.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public void began(String step) {}

    @Override
    public void progressed(String what) {}

    @Override
    public void finished(String step, Duration took) {
        finished.add(step);
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public void died(Supervised process, Supervised.Exit exit) {
        events.add(process.name() + " died with " + exit.status() + ": " + exit.logTail());
    }

    @Override
    public void recovered(Supervised process, Duration since) {
        events.add(process.name() + " recovered");
    }
}
