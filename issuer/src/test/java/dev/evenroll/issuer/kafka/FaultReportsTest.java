package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.scene.Records;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// A fault that stays is reported, but not at every attempt.
class FaultReportsTest {

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private Instant now = TestCa.NOW;
    private final FaultReports reports = new FaultReports("test", producer, () -> now);

    @Test
    void oneReportAMinuteThatCountsTheOthers() throws Exception {
        for (int second = 0; second < 60; second++) {
            report();
            now = now.plus(Duration.ofSeconds(1));
        }
        assertThat(producer.history()).hasSize(1);
        report();
        assertThat(producer.history()).hasSize(2);
        assertThat(Records.observed(producer.history().getLast()).getAttributes())
                .containsEntry("unreportedFaults", "59");
    }

    @Test
    void oneCaDoesNotDrownAnother() throws Exception {
        report();
        assertThat(reports.report("cd", new SigningFaultException("broken too", null)))
                .hasMessage("broken too");
        assertThat(producer.history()).hasSize(2);
        assertThat(Records.observed(producer.history().getLast()).getSubject()).isEqualTo("cd");
    }

    @Test
    void whenTheReportCanNotBeSentTheFaultIsStillAFault() {
        producer.sendException = new KafkaException("no broker");
        assertThat(reports.report("ab", new SigningFaultException("broken", null)))
                .hasMessage("broken");
    }

    private void report() {
        assertThat(reports.report("ab", new SigningFaultException("broken", null)))
                .hasMessage("broken");
    }
}
