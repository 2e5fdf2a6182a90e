package dev.evenroll.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A line that says how far something has come: rewritten in place on a terminal; elsewhere a new one every few
/// seconds.
///
/// Safe for use by many threads.
public final class LiveLine {

    private static final Duration ON_A_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(2);
    private static final String ERASE_TO_END = "\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private Instant next;
    private String last = "";

    /// A line on some output.
    ///
    /// @param terminal whether `out` ends at one
    public LiveLine(PrintWriter out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.next = terminal ? clock.instant() : clock.instant().plus(ELSEWHERE);
    }

    /// Shows the text when it is time for it.
    public synchronized void show(String text) {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(terminal ? ON_A_TERMINAL : ELSEWHERE);
        write(text);
    }

    /// Shows the text for good.
    public synchronized void end(String text) {
        write(text);
        if (terminal) {
            out.println();
        }
        out.flush();
    }

    private void write(String text) {
        if (terminal) {
            out.print("\r" + text + ERASE_TO_END);
        } else if (!text.equals(last)) {
            out.println(text);
        }
        last = text;
        out.flush();
    }
}
