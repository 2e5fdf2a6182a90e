package dev.evenroll.gateway.http;

import dev.evenroll.gateway.est.EstOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What is counted of the requests: `evenroll.est.requests`, a timer from header to answer, by operation and
/// outcome.
final class EdgeMetrics {

    private final MeterRegistry registry;

    EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts one request.
    ///
    /// @param operation name of the operation; `none` where the path named none, so that no client invents labels
    void answered(String operation, EstOutcome outcome, Duration duration) {
        Timer.builder("evenroll.est.requests")
                .description("EST requests, from the header to the answer")
                .tag("operation", operation)
                .tag("outcome", outcome.label())
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(15))
                .register(registry)
                .record(duration);
    }
}
