package dev.evenroll.cli.up;

import dev.evenroll.cli.process.Supervised;
import dev.evenroll.cli.stack.StackListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One line for each step of a start or a stop, with the seconds it took. On a terminal the line of the present step
/// is there from its beginning and is written over. Thread-safe: processes die when they like.
final class StepLines implements StackListener {

    private static final String WRITE_OVER = "\r\u001b[K";

    /// A line that the terminal breaks in two can not be written over.
    private static final int WIDTH = 76;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private final ZoneId zone;
    private String present = "";

    /// @param zone of the reader, for the time of a death
    StepLines(PrintWriter out, boolean terminal, InstantSource clock, ZoneId zone) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public synchronized void began(String step) {
        show(step + " ...");
    }

    @Override
    public synchronized void progressed(String what) {
        show(what + " ...");
    }

    @Override
    public synchronized void finished(String step, Duration took) {
        present = "";
        line(String.format(Locale.ROOT, "  %-36s %5.1f s", step, took.toMillis() / 1000.0));
    }

    @Override
    public synchronized void note(String message) {
        line("  " + message);
    }

    @Override
    public synchronized void died(Supervised process, Supervised.Exit exit) {
        var at = " at " + TIME.format(clock.instant().atZone(zone)) + "; starting it again";
        var signal = exit.signal();
        // What a signal ended knew nothing of it: the end of its log has nothing to say.
        if (signal.isPresent()) {
            line("  " + process.name() + " was killed (" + signal.get() + ")" + at);
            return;
        }
        line("  " + process.name() + " ended with status " + exit.status() + at + ". The end of its log:");
        exit.logTail().forEach(logged -> line("    | " + logged));
    }

    @Override
    public synchronized void recovered(Supervised process, Duration since) {
        line(String.format(Locale.ROOT, "  %s is ready again after %.1f s", process.name(), since.toMillis() / 1000.0));
    }

    private void show(String step) {
        if (terminal) {
            present = step.length() > WIDTH ? step.substring(0, WIDTH - 1) + "\u2026" : step;
            out.print(WRITE_OVER + "  " + present);
            out.flush();
        }
    }

    private void line(String text) {
        out.println(terminal ? WRITE_OVER + text : text);
        if (!present.isEmpty()) {
            out.print("  " + present);
        }
        out.flush();
    }
}
