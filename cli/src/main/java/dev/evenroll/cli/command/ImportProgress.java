package dev.evenroll.cli.command;

import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.rows.ImportListener;
import dev.evenroll.cli.rows.ImportPlan;
import dev.evenroll.cli.rows.Tally;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Says on one line how far an import has come, how fast it is, and when it will be done.
///
/// Owned by one thread, but for what is said when it is interrupted.
final class ImportProgress implements ImportListener {

    static final int MOST_WARNINGS = 20;

    private final LiveLine line;
    private final PrintWriter notes;
    private final long size;
    private final LongSupplier nanos;
    /// Read by who interrupts, too.
    private final Set<String> warnings = new ConcurrentSkipListSet<>();
    private final long start;
    private long resumedAfter;
    private long resumedAtByte = -1;
    /// Read by who interrupts, too.
    private volatile long rows;
    private long end;

    /// Progress of an import that begins now.
    ///
    /// @param size of the file in bytes; 0 when it is not known
    /// @param nanos a clock that only runs forward
    ImportProgress(LiveLine line, PrintWriter notes, long size, LongSupplier nanos) {
        this.line = line;
        this.notes = notes;
        this.size = size;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.end = start;
    }

    @Override
    public void resumed(long done) {
        resumedAfter = done;
        rows = done;
        notes.printf(
                Locale.ROOT,
                "Going on after row %,d with the import of this file that was interrupted (--from-beginning would begin"
                        + " anew).%n",
                done);
    }

    /// No more are kept: a file may say another manufacturer on each line.
    @Override
    public void warned(String warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        }
    }

    /// What the registry warned of, each once, at most [#MOST_WARNINGS].
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void progressed(Tally tally, long bytesRead) {
        rows = tally.rows();
        end = nanos.getAsLong();
        line.show(text(tally, bytesRead));
        if (resumedAtByte < 0) {
            resumedAtByte = resumedAfter == 0 ? 0 : bytesRead;
        }
    }

    void end(Tally tally) {
        end = nanos.getAsLong();
        line.end(text(tally, size));
    }

    /// How far it has come, and what to do when it is interrupted here.
    String soFar(ImportPlan plan) {
        return String.format(Locale.ROOT, "%,d rows are done. ", rows)
                + (plan.file().isPresent()
                        ? "Run the same command again: it goes on from there."
                        : "Standard input can not be taken up: import it again, rows that are entered stay as they"
                                + " are.")
                + ImportReport.warnings(warnings()).stream()
                        .map(warning -> "\n" + warning)
                        .collect(Collectors.joining());
    }

    /// Rows that were done by interrupted runs.
    long resumedAfter() {
        return resumedAfter;
    }

    double seconds() {
        return (end - start) / 1e9;
    }

    double rowsPerSecond() {
        return seconds() > 0 ? (rows - resumedAfter) / seconds() : 0;
    }

    private String text(Tally tally, long bytesRead) {
        var text = new StringBuilder(
                String.format(Locale.ROOT, "%,d rows  %,d rows/s", tally.rows(), Math.round(rowsPerSecond())));
        if (tally.rejected() > 0) {
            text.append(String.format(Locale.ROOT, "  %,d rejected", tally.rejected()));
        }
        if (size > 0) {
            text.append(String.format(Locale.ROOT, "  %d %%", 100 * bytesRead / size));
            if (bytesRead < size && bytesRead > Math.max(0, resumedAtByte)) {
                text.append("  ").append(span(left(bytesRead))).append(" left");
            }
        }
        return text.toString();
    }

    private Duration left(long bytesRead) {
        double bytesPerSecond = (bytesRead - Math.max(0, resumedAtByte)) / Math.max(1e-9, seconds());
        return Duration.ofSeconds(Math.round((size - bytesRead) / bytesPerSecond));
    }

    private static String span(Duration duration) {
        return duration.toMinutes() == 0
                ? duration.toSeconds() + " s"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
