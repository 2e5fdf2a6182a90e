package dev.evenroll.cli.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of a simulated fleet.
///
/// @param ends one a device, in the order of the plan
/// @param enrolling from the first device's start to the last one's end
/// @param certificate file of an issued certificate; empty when none was issued
/// @param caChain file of the CA certificates that it verifies with
public record DemoResult(List<DeviceEnd> ends, Duration enrolling, Optional<Path> certificate, Path caChain) {

    public DemoResult {
        ends = List.copyOf(ends);
    }

    public int devices() {
        return ends.size();
    }

    public long issued() {
        return ends.stream()
                .filter(end -> end.ending() instanceof Ending.Issued)
                .count();
    }

    public long refused() {
        return ends.stream()
                .filter(end -> end.ending() instanceof Ending.Refused)
                .count();
    }

    /// Time from connect to certificate that half of the issued devices stayed within.
    public Duration p50() {
        return latencies().percentile(50);
    }

    /// Time from connect to certificate that all but one in a hundred of the issued devices stayed within.
    public Duration p99() {
        return latencies().percentile(99);
    }

    /// Decisions a second.
    public double perSecond() {
        return (issued() + refused()) / Math.max(enrolling.toNanos() / 1e9, 1e-3);
    }

    /// Whether every device ended as it should.
    public boolean asExpected() {
        return unexpected().isEmpty();
    }

    /// A sentence for each device that did not end as it should.
    public List<String> unexpected() {
        return ends.stream().flatMap(end -> end.unexpected().stream()).toList();
    }

    private Latencies latencies() {
        return new Latencies(ends.stream()
                .map(DeviceEnd::ending)
                .filter(Ending.Issued.class::isInstance)
                .map(Ending::took)
                .toList());
    }
}
