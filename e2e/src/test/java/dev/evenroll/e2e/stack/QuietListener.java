package dev.evenroll.e2e.stack;

import dev.evenroll.cli.process.Supervised;
import dev.evenroll.cli.stack.StackListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a stack says, for tests that ask; prints steps and deaths, for people who read the log of a failed build.
public final class QuietListener implements StackListener {

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<String> deaths = new CopyOnWriteArrayList<>();

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /// Names of processes that ended unasked.
    public List<String> deaths() {
        return List.copyOf(deaths);
    }

    @Override
    public void began(String step) {}

    @Override
    public void progressed(String what) {}

    @Override
    public void finished(String step, Duration took) {
        System.out.printf("stack: %s: %.1f s%n", step, took.toMillis() / 1000.0);
    }

    @Override
    public void note(String message) {
        notes.add(message);
        System.out.println("stack: " + message);
    }

    @Override
    public void died(Supervised process, Supervised.Exit exit) {
        deaths.add(process.name());
        System.out.println("stack: " + process.name() + " died: " + exit);
    }

    @Override
    public void recovered(Supervised process, Duration since) {
        System.out.println("stack: " + process.name() + " is ready again");
    }
}
