package dev.evenroll.kafka.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.common.Metric;

/// Whether a member of a consumer group still hears from its broker.
///
/// Kafka's clients reconnect for ever and say nothing to their caller: a poll without a broker is a poll
/// without records. What tells is when the member last sent a heartbeat: it stops within the session time-out
/// after the coordinator is gone.
public final class BrokerContact {

    /// Heartbeats go out every three seconds; after this long without one, the coordinator is gone.
    private static final Duration LOST_AFTER = Duration.ofSeconds(15);

    private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";

    private BrokerContact() {}

    /// Why a client is cut off, in words; empty while it is in contact, or before its first heartbeat.
    ///
    /// @param metrics of a consumer or a Streams application
    public static Optional<String> problem(Collection<? extends Metric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.metricName().name().equals(LAST_HEARTBEAT))
                .mapToDouble(metric -> metric.metricValue() instanceof Number seconds ? seconds.doubleValue() : -1)
                .filter(seconds -> seconds > LOST_AFTER.toSeconds())
                .max()
                .stream()
                .mapToObj(seconds -> "has not reached the Kafka broker for " + Math.round(seconds)
                        + " s; see that the broker is up and bootstrap.servers is right")
                .findFirst();
    }
}
