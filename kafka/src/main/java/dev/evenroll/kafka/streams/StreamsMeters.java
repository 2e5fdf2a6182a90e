package dev.evenroll.kafka.streams;

import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Set;

/// Which of the measurements of Kafka Streams are published.
///
/// Streams measures every processor and every store of every task: some ten thousand series for a topology as ours,
/// most of them of no value at the usual recording level. A scrape of them costs more than it tells, and binding them
/// took a tenth of the time of csr-validator while it warmed up.
public final class StreamsMeters {

    private static final List<String> OF_PARTS =
            List.of("kafka.stream.processor.node.", "kafka.stream.topic.", "kafka.stream.state.");

    private static final Set<String> WORTH_IT = Set.of("kafka.stream.state.total.sst.files.size");

    private StreamsMeters() {}

    /// Leaves out what is measured of each processor, topic and store; threads, tasks and clients stay, and the size
    /// of each store on disk.
    public static MeterFilter filter() {
        return MeterFilter.deny(
                id -> OF_PARTS.stream().anyMatch(id.getName()::startsWith) && !WORTH_IT.contains(id.getName()));
    }
}
