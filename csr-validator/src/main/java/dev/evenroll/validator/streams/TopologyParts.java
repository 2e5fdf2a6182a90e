package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// What the sub-topologies are put together of.
///
/// @param events makes the events
/// @param commits told what is changed and not committed yet
/// @param metrics counts decisions
/// @param placement where the records of a key have to stand
/// @param prompt has the results committed soon that somebody waits for
record TopologyParts(
        EventFactory events, Commits commits, DecisionMetrics metrics, Placement placement, PromptCommits prompt) {

    String name(Topic topic) {
        return topic.name(events.environment());
    }

    /// A stream of a source topic.
    ///
    /// @param source name of the node
    KStream<String, byte[]> stream(StreamsBuilder builder, Topic topic, String source) {
        return builder.stream(
                name(topic), Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(source));
    }

    /// Sends emissions to a repartition topic.
    ///
    /// @param node name of the node that encodes them
    /// @param topic name of the repartition topic
    static KStream<String, byte[]> repartition(
            KStream<String, Emission> emissions, String node, String topic, int partitions) {
        return emissions
                .mapValues(Encoding::encode, Named.as(node))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName(topic)
                        .withNumberOfPartitions(partitions));
    }

    /// A processor of events.
    <T extends SpecificRecordBase> ProcessorSupplier<String, byte[], String, Emission> processor(
            EventKind<T> kind,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers,
            UnaryOperator<String> sinks) {
        return () -> new EventProcessor<>(kind, handlers, sinks, events, metrics, placement, prompt);
    }

    /// A processor of what this service itself has written to a repartition topic; a device waits for what follows.
    <T extends SpecificRecordBase> ProcessorSupplier<String, byte[], String, Emission> ownRecords(
            Class<T> type,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers,
            UnaryOperator<String> sinks) {
        return () -> new OwnRecordProcessor<>(type, handlers, sinks, events, prompt);
    }

    /// A source and the processor of its events.
    <T extends SpecificRecordBase> void addProcessor(
            Topology topology,
            Topic source,
            String processor,
            EventKind<T> kind,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers,
            UnaryOperator<String> sinks) {
        topology.addSource(
                source.aggregateEvent(),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                name(source));
        topology.addProcessor(processor, processor(kind, handlers, sinks), source.aggregateEvent());
    }

    void addSink(Topology topology, String sink, Topic topic, String... parents) {
        topology.addSink(sink, name(topic), new StringSerializer(), Encoding.emissions(), parents);
    }

    /// The way out to the gateways: the emission says to which partition.
    void addOutcomes(Topology topology, String sink, String... parents) {
        topology.addSink(
                sink,
                name(Topics.ENROLLMENT_OUTCOME),
                new StringSerializer(),
                Encoding.emissions(),
                new ReplyPartitioner(),
                parents);
    }

    static <T extends SpecificRecordBase> StoreBuilder<KeyValueStore<String, T>> store(String name, Class<T> type) {
        return store(name, Encoding.store(type));
    }

    static <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Serde<T> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
