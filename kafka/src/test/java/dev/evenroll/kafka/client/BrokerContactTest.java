package dev.evenroll.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class BrokerContactTest {

    @Test
    void aMemberWithoutAHeartbeatForLongIsCutOff() {
        assertThat(BrokerContact.problem(List.of(heartbeat(1.0), heartbeat(40.2))))
                .hasValue(
                        "has not reached the Kafka broker for 40 s; see that the broker is up and bootstrap.servers is right");
    }

    @Test
    void aMemberThatSendsHeartbeatsIsInContact() {
        assertThat(BrokerContact.problem(List.of(heartbeat(3.0), heartbeat(0.5))))
                .isEmpty();
    }

    @Test
    void beforeTheFirstHeartbeatNothingIsSaid() {
        assertThat(BrokerContact.problem(List.of(heartbeat(-1.0), heartbeat(Double.NaN))))
                .isEmpty();
        assertThat(BrokerContact.problem(List.<Metric>of())).isEmpty();
    }

    private static Metric heartbeat(double secondsAgo) {
        var name = new MetricName("last-heartbeat-seconds-ago", "consumer-coordinator-metrics", "", Map.of());
        return new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return secondsAgo;
            }
        };
    }
}
