package dev.evenroll.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamsMetersTest {

    @Test
    void whatIsMeasuredOfEachProcessorTopicAndStoreIsLeftOut() {
        var registry = new SimpleMeterRegistry();
        registry.config().meterFilter(StreamsMeters.filter());
        Stream.of(
                        "kafka.stream.processor.node.process.rate",
                        "kafka.stream.topic.bytes.consumed.total",
                        "kafka.stream.state.put.rate",
                        "kafka.stream.state.total.sst.files.size",
                        "kafka.stream.task.dropped.records.total",
                        "kafka.stream.thread.failed.stream.threads",
                        "evenroll.decisions")
                .forEach(registry::counter);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder(
                        "kafka.stream.state.total.sst.files.size",
                        "kafka.stream.task.dropped.records.total",
                        "kafka.stream.thread.failed.stream.threads",
                        "evenroll.decisions");
    }
}
