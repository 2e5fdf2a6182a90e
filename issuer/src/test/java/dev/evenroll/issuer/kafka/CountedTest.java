package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CountedTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void resultsAreCountedByTheirTopicAndPassedOn() throws Exception {
        var results = List.of(
                to(Topics.CERTIFICATE_ISSUED), to(Topics.ENROLLMENT_OUTCOME), to(Topics.deadLetter(Principal.ISSUER)));
        var counted = new Counted(record -> results, "test", metrics);
        var record = new ConsumerRecord<>("source", 0, 0, "key", new byte[0]);
        assertThat(counted.apply(record)).isEqualTo(results);
        counted.apply(record);
        assertThat(count("evenroll.issuer.certificates.signed")).isEqualTo(2);
        assertThat(count("evenroll.issuer.dead.letters")).isEqualTo(2);
        assertThat(count("evenroll.issuer.certificates.prepared")).isZero();
        assertThat(count("evenroll.issuer.certificates.refused")).isZero();
        assertThat(count("evenroll.issuer.crls.signed")).isZero();
        assertThat(count("evenroll.issuer.security.observations")).isZero();
    }

    private static ProducerRecord<String, byte[]> to(Topic topic) {
        return new ProducerRecord<>(topic.name("test"), "key", new byte[0]);
    }

    private double count(String meter) {
        return metrics.get(meter).counter().count();
    }
}
