package dev.evenroll.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditFactTest {

    /// Pins: a hostile event must not make a record that is too large for its topic, which would stop the
    /// audit log.
    @Test
    void whateverTheEventSaysTheRecordStaysSmall() {
        var huge = "x".repeat(1_000_000);
        var attributes =
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(number -> number + huge, number -> huge));

        var fact = new AuditFact("security.observed", huge, huge, Outcome.OBSERVED, huge, attributes);

        assertThat(fact.entity()).hasSize(1_000).endsWith("…");
        assertThat(fact.actor()).hasSize(1_000);
        assertThat(fact.message()).hasSize(4_000).endsWith("…");
        assertThat(fact.attributes()).hasSizeLessThanOrEqualTo(50);
        assertThat(fact.attributes().keySet())
                .allSatisfy(name -> assertThat(name).hasSize(200));
        assertThat(fact.attributes().values())
                .allSatisfy(value -> assertThat(value).hasSize(1_000));
    }

    @Test
    void nobodyIsCalledUnknown() {
        var fact = new AuditFact("record.undecodable", "", " ", Outcome.OBSERVED, "m", Map.of());

        assertThat(fact.entity()).isEqualTo("unknown");
        assertThat(fact.actor()).isEqualTo("unknown");
    }
}
