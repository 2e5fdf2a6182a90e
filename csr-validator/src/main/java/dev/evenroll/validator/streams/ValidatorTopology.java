package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.validation.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.Stores;

/// The topology of csr-validator. Steps 2 and 3 of the enrollment cycle.
///
/// | number | sub-topology | partitioned by | its stores |
/// |---|---|---|---|
/// | 0 | [DeviceTopology] | device | registry, enrollments, revocations, tokens, approvals |
/// | 1 | [KeyTopology], keys | key | key claims |
/// | 2 | revocations by certificate, sent on to their device | certificate | - |
/// | 3 | [KeyTopology], quotas | policy | quotas |
/// | - | registration authorities, blocked keys | none: every replica reads all | the same |
///
/// They are joined by repartition topics. Those are what the high-level DSL is used for, since the low-level
/// interface has none; everything else is wired by hand, because all names are part of the contract with the
/// data on disk.
///
/// Sub-topologies are numbered in the order in which their first sources are added, and tasks have their data on
/// disk under those numbers: they must not change. The golden description holds them.
public final class ValidatorTopology {

    /// As many as enrollment.requested has: the same load. key.commanded has as many, too.
    static final int KEY_PARTITIONS = 12;
    /// There are few policies; what counts is that the same one is always in the same partition.
    static final int POLICY_PARTITIONS = 4;

    /// As many as the topics have that are keyed by device: a revocation meets the enrollments of its
    /// device.
    static final int DEVICE_PARTITIONS = 12;

    /// The application's commit interval: nothing that no device waits for stays uncommitted for longer.
    public static final Duration LONGEST_UNCOMMITTED = Duration.ofMillis(200);

    private static final String TO_DEVICE = "revocation-to-device";

    private static final String REVOCATIONS = "revocation.certificate.revoked";

    private ValidatorTopology() {}

    /// Builds the topology of one environment.
    ///
    /// @param inFlightLimit so long after its acceptance an enrollment that nobody has ended is lost
    /// @param ended whom to tell that a command to the registry has ended
    /// @param commits told what is changed; has to hear of every end of a transaction
    public static Topology build(
            String environment,
            Judge judge,
            Duration inFlightLimit,
            EndedCommands ended,
            Commits commits,
            InstantSource clock,
            MeterRegistry metrics) {
        var placement = new Placement(Topics.ENROLLMENT_REQUESTED.partitions());
        return build(environment, judge, inFlightLimit, ended, commits, clock, metrics, placement);
    }

    static Topology build(
            String environment,
            Judge judge,
            Duration inFlightLimit,
            EndedCommands ended,
            Commits commits,
            InstantSource clock,
            MeterRegistry metrics,
            Placement placement) {
        var parts = new TopologyParts(
                new EventFactory(environment, clock),
                commits,
                new DecisionMetrics(metrics),
                placement,
                new PromptCommits());
        var devices = new DeviceTopology(parts, judge, inFlightLimit, ended);
        var keys = new KeyTopology(parts);
        var builder = new StreamsBuilder();
        // In this order: it makes the numbers.
        var outflow = devices.addStreams(builder);
        var granted = keys.addKeys(outflow.claims(), outflow.certificates());
        devices.addRevocations(revocations(builder, parts));
        devices.addGrants(keys.addQuotas(granted));
        var topology = builder.build();
        devices.addRest(topology);
        keys.addRest(topology);
        addRevocationSinks(topology, parts);
        addGlobalStore(topology, parts, Topics.REGISTRATION_AUTHORITY_REGISTRY, StoreNames.REGISTRATION_AUTHORITY);
        addGlobalStore(topology, parts, Topics.KEY_BLOCKED, StoreNames.BLOCKED_KEY);
        return topology;
    }

    /// certificate.revoked is partitioned by certificate, the stores are by device.
    private static KStream<String, byte[]> revocations(StreamsBuilder builder, TopologyParts parts) {
        var checked = parts.stream(builder, Topics.CERTIFICATE_REVOKED, REVOCATIONS)
                .process(
                        parts.processor(
                                EventKind.CERTIFICATE_REVOKED, _ -> RevocationHandler::toDevice, Sinks::ofRevocation),
                        Named.as(TO_DEVICE));
        return TopologyParts.repartition(
                checked, Sinks.ofRevocation(Sinks.REVOCATION), "revocation-by-device", DEVICE_PARTITIONS);
    }

    private static void addRevocationSinks(Topology topology, TopologyParts parts) {
        parts.addSink(topology, Sinks.ofRevocation(Sinks.SECURITY_OBSERVED), Topics.SECURITY_OBSERVED, TO_DEVICE);
        parts.addSink(
                topology, Sinks.ofRevocation(Sinks.DEAD_LETTER), Topics.deadLetter(Principal.CSR_VALIDATOR), TO_DEVICE);
    }

    /// Restored before any task is: a replica that does not know all of it yet decides nothing.
    private static void addGlobalStore(Topology topology, TopologyParts parts, Topic topic, String store) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                topic.aggregateEvent(),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                parts.name(topic),
                "copy-" + store,
                () -> new GlobalCopy(store));
    }
}
