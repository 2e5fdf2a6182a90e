package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.state.EnrollmentState;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.schemas.state.RevokedOfDevice;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.validation.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The topology of csr-validator. Steps 2 and 3 of the enrollment cycle.
///
/// Three sub-topologies: one partitioned by device (registry and decision), one by key (the key claim),
/// one by certificate (which only sends revocations on to their device). They are joined by the
/// repartition topics `key-claim` and `revocation-by-device`. Those are what the high-level DSL is used
/// for, since the low-level interface has none; everything else is wired by hand, because all names are
/// part of the contract with the data on disk.
public final class ValidatorTopology {

    private static final String JUDGE = "judge-enrollment";
    private static final String CLAIM = "claim-key";
    private static final String APPLY = "apply-command";
    private static final String END_BY_KEY_CLAIM = "end-by-key-claim";
    private static final String END_BY_CA = "end-by-ca";
    private static final String REMEMBER = "remember-certificate";
    private static final String TO_DEVICE = "revocation-to-device";
    private static final String FORGET = "forget-certificate";

    /// Sub-topologies are numbered in the order of their sources' names. This one stands behind that of
    /// the key claim, so that the tasks of device and key keep the numbers under which they have data
    /// on disk.
    private static final String REVOCATIONS = "revocation.certificate.revoked";

    /// As many as enrollment.requested has: the same load.
    private static final int KEY_CLAIM_PARTITIONS = 12;
    /// As many as the topics have that are keyed by device: a revocation meets the enrollments of its
    /// device.
    private static final int DEVICE_PARTITIONS = 12;

    private final EventFactory events;
    private final Judge judge;
    private final DecisionMetrics metrics;

    private ValidatorTopology(EventFactory events, Judge judge, DecisionMetrics metrics) {
        this.events = events;
        this.judge = judge;
        this.metrics = metrics;
    }

    /// Builds the topology of one environment.
    public static Topology build(String environment, Judge judge, InstantSource clock, MeterRegistry metrics) {
        return new ValidatorTopology(new EventFactory(environment, clock), judge, new DecisionMetrics(metrics)).build();
    }

    private Topology build() {
        var builder = new StreamsBuilder();
        addDecisionAndKeyClaim(builder);
        addRevocations(builder);
        var topology = builder.build();
        addProcessor(topology, Topics.DEVICE_COMMANDED, APPLY, EventKind.DEVICE_COMMANDED, this::commands);
        addProcessor(topology, Topics.ENROLLMENT_REFUSED, END_BY_KEY_CLAIM, EventKind.ENROLLMENT_REFUSED, context -> {
            var handler = refusals(context);
            return handler::handle;
        });
        addProcessor(topology, Topics.ISSUANCE_REFUSED, END_BY_CA, EventKind.ISSUANCE_REFUSED, context -> {
            var handler = refusals(context);
            return handler::handle;
        });
        addProcessor(topology, Topics.CERTIFICATE_ISSUED, REMEMBER, EventKind.CERTIFICATE_ISSUED, this::issuances);
        topology.addStateStore(store(StoreNames.DEVICE_BY_ID, RegisteredDevice.class), JUDGE, APPLY, REMEMBER);
        topology.addStateStore(
                store(StoreNames.ENROLLMENT_BY_DEVICE, EnrollmentState.class),
                JUDGE,
                END_BY_KEY_CLAIM,
                END_BY_CA,
                REMEMBER,
                FORGET);
        topology.addStateStore(store(StoreNames.REVOCATION_BY_DEVICE, RevokedOfDevice.class), JUDGE, REMEMBER, FORGET);
        topology.addStateStore(store(StoreNames.KEY_CLAIM_BY_SPKI, KeyClaim.class), CLAIM);
        addSinks(topology);
        return topology;
    }

    private void addDecisionAndKeyClaim(StreamsBuilder builder) {
        builder.stream(
                        name(Topics.ENROLLMENT_REQUESTED),
                        Consumed.with(Serdes.String(), Serdes.ByteArray())
                                .withName(Topics.ENROLLMENT_REQUESTED.aggregateEvent()))
                .process(
                        () -> processor(EventKind.ENROLLMENT_REQUESTED, this::requests, UnaryOperator.identity()),
                        Named.as(JUDGE))
                .mapValues(Encoding::encode, Named.as(Sinks.KEY_CLAIM))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName("key-claim")
                        .withNumberOfPartitions(KEY_CLAIM_PARTITIONS))
                .process(() -> new KeyClaimProcessor(events, metrics), Named.as(CLAIM));
    }

    private void addRevocations(StreamsBuilder builder) {
        builder.stream(
                        name(Topics.CERTIFICATE_REVOKED),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(REVOCATIONS))
                .process(
                        () -> processor(
                                EventKind.CERTIFICATE_REVOKED, _ -> RevocationHandler::toDevice, Sinks::ofRevocation),
                        Named.as(TO_DEVICE))
                .mapValues(Encoding::encode, Named.as(Sinks.ofRevocation(Sinks.REVOCATION)))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName("revocation-by-device")
                        .withNumberOfPartitions(DEVICE_PARTITIONS))
                .process(
                        () -> processor(
                                EventKind.CERTIFICATE_OF_DEVICE_REVOKED, this::revocations, UnaryOperator.identity()),
                        Named.as(FORGET));
    }

    private void addSinks(Topology topology) {
        var byDevice = new String[] {JUDGE, APPLY, END_BY_KEY_CLAIM, END_BY_CA, REMEMBER, FORGET};
        addSink(topology, Sinks.DEVICE_REGISTRY, Topics.DEVICE_REGISTRY, APPLY, REMEMBER);
        addSink(topology, Sinks.ENROLLMENT_REFUSED, Topics.ENROLLMENT_REFUSED, JUDGE);
        addOutcomes(topology, Sinks.ENROLLMENT_OUTCOME, JUDGE, END_BY_KEY_CLAIM, END_BY_CA, REMEMBER);
        addSink(topology, Sinks.SECURITY_OBSERVED, Topics.SECURITY_OBSERVED, byDevice);
        addSink(topology, Sinks.DEAD_LETTER, Topics.deadLetter(Principal.CSR_VALIDATOR), byDevice);

        addSink(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_AUTHORIZED), Topics.ENROLLMENT_AUTHORIZED, CLAIM);
        addSink(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_REFUSED), Topics.ENROLLMENT_REFUSED, CLAIM);
        addOutcomes(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_OUTCOME), CLAIM);
        addSink(topology, Sinks.ofKeyClaim(Sinks.SECURITY_OBSERVED), Topics.SECURITY_OBSERVED, CLAIM);

        addSink(topology, Sinks.ofRevocation(Sinks.SECURITY_OBSERVED), Topics.SECURITY_OBSERVED, TO_DEVICE);
        addSink(topology, Sinks.ofRevocation(Sinks.DEAD_LETTER), Topics.deadLetter(Principal.CSR_VALIDATOR), TO_DEVICE);
    }

    private void addOutcomes(Topology topology, String sink, String... parents) {
        topology.addSink(
                sink,
                name(Topics.ENROLLMENT_OUTCOME),
                new StringSerializer(),
                Encoding.emissions(),
                new ReplyPartitioner(),
                parents);
    }

    private <T extends SpecificRecordBase> void addProcessor(
            Topology topology,
            Topic source,
            String processor,
            EventKind<T> kind,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers) {
        topology.addSource(
                source.aggregateEvent(),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                name(source));
        topology.addProcessor(
                processor, () -> processor(kind, handlers, UnaryOperator.identity()), source.aggregateEvent());
    }

    private <T extends SpecificRecordBase> EventProcessor<T> processor(
            EventKind<T> kind,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers,
            UnaryOperator<String> sinks) {
        return new EventProcessor<>(kind, handlers, sinks, events, metrics);
    }

    private void addSink(Topology topology, String sink, Topic topic, String... parents) {
        topology.addSink(sink, name(topic), new StringSerializer(), Encoding.emissions(), parents);
    }

    private EnrollmentRequestHandler requests(ProcessorContext<String, Emission> context) {
        return new EnrollmentRequestHandler(
                devices(context), new EnrollmentStore(context), new RevocationStore(context), judge, events, metrics);
    }

    private DeviceCommandHandler commands(ProcessorContext<String, Emission> context) {
        return new DeviceCommandHandler(devices(context), events, List.of());
    }

    private RefusalHandler refusals(ProcessorContext<String, Emission> context) {
        return new RefusalHandler(new EnrollmentStore(context), events);
    }

    private IssuanceHandler issuances(ProcessorContext<String, Emission> context) {
        return new IssuanceHandler(
                devices(context), new EnrollmentStore(context), new RevocationStore(context), events);
    }

    private RevocationHandler revocations(ProcessorContext<String, Emission> context) {
        return new RevocationHandler(new RevocationStore(context), new EnrollmentStore(context), events);
    }

    private DeviceStore devices(ProcessorContext<String, Emission> context) {
        return new DeviceStore(context, events.environment());
    }

    private String name(Topic topic) {
        return topic.name(events.environment());
    }

    private static <T extends SpecificRecordBase> StoreBuilder<KeyValueStore<String, T>> store(
            String name, Class<T> type) {
        Serde<T> values = Encoding.store(type);
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
