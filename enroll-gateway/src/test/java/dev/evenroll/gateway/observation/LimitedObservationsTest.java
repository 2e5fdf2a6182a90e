package dev.evenroll.gateway.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakePipeline;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitedObservationsTest {

    private static final Observation OBSERVATION = new Observation(
            Observation.Kind.AUTHENTICATION_FAILED, "192.0.2.1", "No client certificate.", Map.of("a", "b"));

    private final FakePipeline destination = new FakePipeline(1);
    private Instant now = Instant.parse("2026-11-02T10:00:00Z");
    private final LimitedObservations limited = new LimitedObservations(destination, () -> now);

    @Test
    void whatIsAboveTheLimitIsCountedAndToldWithTheNextOne() {
        for (int i = 0; i < LimitedObservations.LIMIT + 7; i++) {
            limited.report(OBSERVATION);
        }
        assertThat(destination.observations).hasSize(LimitedObservations.LIMIT).containsOnly(OBSERVATION);

        now = now.plus(LimitedObservations.WINDOW);
        limited.report(OBSERVATION);
        limited.report(OBSERVATION);

        var after = destination.observations.subList(LimitedObservations.LIMIT, destination.observations.size());
        assertThat(after)
                .extracting(Observation::attributes)
                .containsExactly(Map.of("a", "b", "suppressed", "7"), Map.of("a", "b"));
    }

    /// A stranger's flood must not hide what somebody with a stolen certificate does meanwhile.
    @Test
    void aFloodOfOneKindDoesNotHideAnother() {
        for (int i = 0; i < LimitedObservations.LIMIT + 7; i++) {
            limited.report(OBSERVATION);
        }
        var revoked = new Observation(Observation.Kind.REVOKED_CERTIFICATE_PRESENTED, "D1", "It is revoked.", Map.of());
        limited.report(revoked);

        assertThat(destination.observations)
                .hasSize(LimitedObservations.LIMIT + 1)
                .endsWith(revoked);
    }

    @Test
    void aClockThatIsSetBackDoesNotCloseTheWindow() {
        for (int i = 0; i < LimitedObservations.LIMIT; i++) {
            limited.report(OBSERVATION);
        }
        now = now.minusSeconds(3600);

        limited.report(OBSERVATION);

        assertThat(destination.observations).hasSize(LimitedObservations.LIMIT + 1);
    }
}
