package dev.evenroll.cli.fleet;

import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// How far a demonstration has come, on a line.
///
/// Safe for use by many threads.
final class Progress {

    private final FleetPlan plan;
    private final LiveLine line;
    private final InstantSource clock;
    private final List<Duration> issued = new ArrayList<>();
    private Instant start;
    private boolean enrolling;
    private int registered;
    private int refused;
    private int unanswered;

    Progress(FleetPlan plan, PrintWriter out, boolean terminal, InstantSource clock) {
        this.plan = plan;
        this.line = new LiveLine(out, terminal, clock);
        this.clock = clock;
        this.start = clock.instant();
    }

    /// A device, or the operator, waits out a fault.
    synchronized void waiting(FaultException fault) {
        var reason = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        var text = (enrolling ? decisions() : registration()) + " - waiting: " + Printable.line(reason);
        line.show(text.length() > Table.WIDTH ? text.substring(0, Table.WIDTH - 1) + "…" : text);
    }

    synchronized void registered() {
        registered++;
        line.show(registration());
    }

    /// Registration is done, enrolling begins.
    synchronized void enrolling() {
        line.end(registration());
        enrolling = true;
        start = clock.instant();
    }

    synchronized void ended(Ending ending) {
        switch (ending) {
            case Ending.Issued got -> issued.add(got.took());
            case Ending.Refused _ -> refused++;
            case Ending.Unanswered _ -> unanswered++;
        }
        line.show(enrollment());
    }

    synchronized void done() {
        line.end(enrollment());
    }

    private String registration() {
        long all = plan.devices().stream()
                .filter(device -> device.kind().isRegistered())
                .count();
        return "registered " + registered + " of " + all + " devices";
    }

    private String enrollment() {
        var seconds = Math.max(Duration.between(start, clock.instant()).toMillis() / 1000.0, 0.001);
        var latencies = new Latencies(issued);
        return String.format(
                "%s, %.0f a second, p50 %d ms, p99 %d ms",
                decisions(),
                (issued.size() + refused) / seconds,
                latencies.percentile(50).toMillis(),
                latencies.percentile(99).toMillis());
    }

    private String decisions() {
        return String.format(
                "enrolled %d, refused %d%s of %d devices",
                issued.size(),
                refused,
                unanswered == 0 ? "" : ", unanswered " + unanswered,
                plan.devices().size());
    }
}
