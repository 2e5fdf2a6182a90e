package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// How long the inventory takes for the renewals that are due at a moment: the time that its looks at what is due took
/// around that moment, of all partitions, with the stores that they change and the events that they make.
///
/// @param metrics of revocation-service
/// @param reader may read `renewal.due`
/// @param clock that the inventory goes by
record DueLooks(ServiceMetrics metrics, KafkaSettings reader, InstantSource clock) {

    private static final String TIME = "evenroll_due_look_seconds_sum";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Before a moment everything that was due at the one before is done.
    private static final Duration BEFORE = Duration.ofMillis(300);

    /// Waits for the moments, one after the other.
    ///
    /// @return milliseconds for each
    /// @throws IllegalStateException when the first is over, or not all renewals were said
    List<Double> millis(DueDevices due) throws IOException, InterruptedException {
        try (var renewals = new TopicTail<>(reader, Topics.RENEWAL_DUE, RenewalDue.class)) {
            if (!clock.instant().isBefore(due.first().minus(BEFORE))) {
                throw new IllegalStateException("The certificates were in the inventory only when renewals were due"
                        + " already: the machine has become slower; measure again.");
            }
            var millis = new ArrayList<Double>();
            var before = at(due.first().minus(BEFORE));
            for (int moment = 0; moment < due.moments(); moment++) {
                var after = at(due.at(moment + 1).minus(BEFORE));
                millis.add((after - before) * 1_000);
                before = after;
            }
            renewals.next(due.moments() * due.each(), PATIENCE);
            return millis;
        }
    }

    private double at(Instant moment) throws IOException, InterruptedException {
        var wait = Duration.between(clock.instant(), moment);
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
        return metrics.sum(TIME);
    }
}
