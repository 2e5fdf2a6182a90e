package dev.evenroll.revocation.streams;

import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/// What the topology is put together from: sources, doors, sinks, stores, each with its name.
record TopologyParts(StreamsBuilder builder, String environment, InstantSource clock, MeterRegistry metrics) {

    TopologyParts(String environment, InstantSource clock, MeterRegistry metrics) {
        this(new StreamsBuilder(), environment, clock, metrics);
    }

    /// Stores with texts as keys.
    void storesByName(String... names) {
        for (var name : names) {
            builder.addStateStore(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                    .withCachingDisabled());
        }
    }

    /// Stores in the order of [DueTime].
    void storesByTime(String... names) {
        for (var name : names) {
            builder.addStateStore(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withCachingDisabled());
        }
    }

    KStream<String, byte[]> source(Topic topic) {
        return builder.stream(
                topic.name(environment),
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("read-" + topic.aggregateEvent()));
    }

    <T extends SpecificRecordBase> Intake<T> intake(Class<T> type) {
        return new Intake<>(type, environment, clock, metrics);
    }

    /// What a stage could not use.
    void putAside(KStream<String, Emission> emissions, String stage) {
        sink(emissions, stage, Topics.deadLetter(Principal.REVOCATION_SERVICE));
        sink(emissions, stage, Topics.SECURITY_OBSERVED);
    }

    void sink(KStream<String, Emission> emissions, String stage, Topic topic) {
        write(only(emissions, stage, new Route.Published(topic)), stage, topic);
    }

    void write(KStream<String, byte[]> events, String stage, Topic topic) {
        events.to(
                topic.name(environment),
                Produced.with(Serdes.String(), Serdes.ByteArray())
                        .withName(stage + "-writes-" + topic.aggregateEvent()));
    }

    /// What a stage sends on a route.
    KStream<String, byte[]> only(KStream<String, Emission> emissions, String stage, Route route) {
        return emissions
                .filter(
                        (key, emission) -> emission.route().equals(route),
                        Named.as(stage + "-emits-" + route.routeName()))
                .mapValues(Emission::value, Named.as(stage + "-encodes-" + route.routeName()));
    }

    /// A repartition topic of the application.
    static Repartitioned<String, byte[]> repartitioned(String name, int partitions) {
        return Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                .withName(name)
                .withNumberOfPartitions(partitions);
    }
}
