package dev.evenroll.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/// A producer without a broker, which can commit nothing.
class TellingProducerTest {

    private final Commits commits = new Commits();
    private final ArrayList<String> heard = new ArrayList<>();
    private final TellingProducer producer = new TellingProducer(
            Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t"),
            commits);

    @Test
    void aCommitThatFailsIsNone() {
        commits.whenCommitted(() -> heard.add("committed"));
        assertThatThrownBy(producer::commitTransaction).isInstanceOf(IllegalStateException.class);
        assertThat(heard).isEmpty();
        // Its outcome is not known; the thread gives the producer up.
        producer.close();
        commits.committed();
        assertThat(heard).isEmpty();
    }

    @Test
    void anAbortThatFailsIsOne() {
        commits.whenCommitted(() -> heard.add("committed"));
        assertThatThrownBy(producer::abortTransaction).isInstanceOf(IllegalStateException.class);
        commits.committed();
        assertThat(heard).isEmpty();
        producer.close();
    }
}
