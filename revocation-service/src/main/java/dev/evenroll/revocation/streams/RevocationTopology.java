package dev.evenroll.revocation.streams;

import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.revocation.crl.UnsignedCrls;
import dev.evenroll.revocation.device.Horizon;
import dev.evenroll.revocation.device.Pacer;
import dev.evenroll.revocation.device.Terms;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateUsed;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.state.CertificateMoved;
import dev.evenroll.schemas.state.CertificateProgressed;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// The topology of the service.
///
/// ```
/// certificate.issued --IssuanceProcessor--> (certificate-by-id) --EntryProcessor------> certificate.status
///                                                                  | store certificate-by-id
///                    revocation.requested --RevocationProcessor--> certificate.status, certificate.revoked
///                                                              |
///                                                              +-> (crl-shard) --CrlProcessor--> crl.prepared
///                                                              |         stores revoked-by-shard, crl-by-shard
///  both --> (certificates-of-device) ---+
///                      device.registry -+-DeviceProcessor--> renewal.due, renewal.overdue, installation.overdue,
///                     certificate.used -+        |           deletion.due, revocation.requested
///                                                | stores device-by-id, device-by-due-time, renewal-by-due-time
///                                                +-> (certificate-progress) --ProgressProcessor--> certificate.status
///                                                                  | store certificate-by-id
/// ```
///
/// Names in brackets are repartition topics of the application itself. Every processor also writes to the
/// service's dead-letter topic and to `security.observed`. What is signed comes back by
/// [Lists#published], which every replica reads from `crl.signed` from the beginning: so the numbers
/// of the lists rise even when the stores and the committed offsets of this application are gone.
public final class RevocationTopology {

    /// Store: certificate id to its `CertificateStatus`. Owner: the task of the certificate id's partition.
    public static final String CERTIFICATE_BY_ID = "certificate-by-id";

    /// Store: device id to its `DeviceInInventory`. Owner: the task of the device id's partition.
    public static final String DEVICE_BY_ID = "device-by-id";

    /// Store: the devices with a renewal, in the order of its time ([DueTime]). Owner: the task of the device id's
    /// partition.
    public static final String RENEWAL_BY_DUE_TIME = "renewal-by-due-time";

    static final String INVENTORY_STEPS = "inventory-steps";
    static final String DEVICE_BY_DUE_TIME = "device-by-due-time";
    static final String REVOKED_BY_SHARD = "revoked-by-shard";
    static final String CRL_BY_SHARD = "crl-by-shard";
    static final String CRL_SHARD = "crl-shard";

    /// Partitions of the certificates' inventory: those of the topic whose orders have to meet it.
    public static final int CERTIFICATE_PARTITIONS = Topics.REVOCATION_REQUESTED.partitions();

    /// Partitions of the devices' inventory: those of the registry, whose entries have to meet it.
    public static final int DEVICE_PARTITIONS = Topics.DEVICE_REGISTRY.partitions();

    static final int SHARD_PARTITIONS = Topics.CRL_PREPARED.partitions();

    private static final String[] DEVICE_STORES = {DEVICE_BY_ID, DEVICE_BY_DUE_TIME, RENEWAL_BY_DUE_TIME};

    private static final List<Topic> DEVICE_EVENTS = List.of(
            Topics.RENEWAL_DUE,
            Topics.RENEWAL_OVERDUE,
            Topics.INSTALLATION_OVERDUE,
            Topics.DELETION_DUE,
            Topics.REVOCATION_REQUESTED);

    private final String environment;
    private final Lists lists;
    private final Succession succession;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final TopologyParts parts;

    /// What the lists of revoked certificates are made of, and what has become of them.
    ///
    /// @param issuers the CAs whose certificates are looked after
    /// @param addresses how certificates name the lists
    /// @param schedule when a list is due
    /// @param published what is signed: the lists as they come back on `crl.signed`
    /// @param unsigned told of the lists that wait for their signature
    public record Lists(
            Issuers issuers,
            ShardAddresses addresses,
            CrlSchedule schedule,
            PublishedCrls published,
            UnsignedCrls unsigned) {}

    /// How the certificates of a device follow one another.
    ///
    /// @param terms by profile
    /// @param vehicleCertificates which profiles are for the communication with vehicles
    /// @param pacer keeps renewals from becoming a storm
    /// @param horizon told of each change, to be measured
    public record Succession(Terms terms, Predicate<String> vehicleCertificates, Pacer pacer, Horizon horizon) {}

    private RevocationTopology(
            String environment, Lists lists, Succession succession, InstantSource clock, MeterRegistry metrics) {
        this.environment = environment;
        this.lists = lists;
        this.succession = succession;
        this.clock = clock;
        this.metrics = metrics;
        this.parts = new TopologyParts(environment, clock, metrics);
    }

    /// Builds it.
    ///
    /// @param environment whose events it takes
    public static Topology build(
            String environment, Lists lists, Succession succession, InstantSource clock, MeterRegistry metrics) {
        var topology = new RevocationTopology(environment, lists, succession, clock, metrics);
        topology.parts.storesByName(CERTIFICATE_BY_ID, INVENTORY_STEPS, DEVICE_BY_ID, REVOKED_BY_SHARD, CRL_BY_SHARD);
        topology.parts.storesByTime(DEVICE_BY_DUE_TIME, RENEWAL_BY_DUE_TIME);
        var entries = topology.enter(topology.byCertificate());
        var changes = topology.carryOutOrders();
        topology.prepareLists(topology.publish(changes));
        topology.enterProgress(topology.lookAfterDevices(topology.byDevice(entries, changes)));
        return topology.parts.builder().build();
    }

    private KStream<String, byte[]> byCertificate() {
        var emissions = parts.source(Topics.CERTIFICATE_ISSUED)
                .process(
                        () -> new IssuanceProcessor(parts.intake(CertificateIssued.class), lists.issuers()),
                        Named.as("check-issuance"));
        parts.putAside(emissions, "check-issuance");
        return parts.only(emissions, "check-issuance", new Route.Published(Topics.CERTIFICATE_ISSUED))
                .repartition(TopologyParts.repartitioned(CERTIFICATE_BY_ID, CERTIFICATE_PARTITIONS));
    }

    private KStream<String, Emission> enter(KStream<String, byte[]> issued) {
        var entries = issued.process(
                () -> new EntryProcessor(
                        parts.intake(CertificateIssued.class),
                        environment,
                        metrics.counter("evenroll.certificates", "state", "issued")),
                Named.as("enter"),
                CERTIFICATE_BY_ID,
                INVENTORY_STEPS);
        parts.putAside(entries, "enter");
        parts.sink(entries, "enter", Topics.CERTIFICATE_STATUS);
        return entries;
    }

    private KStream<String, Emission> carryOutOrders() {
        var changes = parts.source(Topics.REVOCATION_REQUESTED)
                .process(
                        () -> new RevocationProcessor(
                                parts.intake(RevocationRequested.class),
                                environment,
                                lists.addresses(),
                                clock,
                                metrics),
                        Named.as("revoke"),
                        CERTIFICATE_BY_ID);
        parts.putAside(changes, "revoke");
        parts.sink(changes, "revoke", Topics.CERTIFICATE_STATUS);
        return changes;
    }

    private KStream<String, byte[]> publish(KStream<String, Emission> changes) {
        var revoked = parts.only(changes, "revoke", new Route.Published(Topics.CERTIFICATE_REVOKED));
        parts.write(revoked, "revoke", Topics.CERTIFICATE_REVOKED);
        return revoked.selectKey((id, event) -> RevocationProcessor.shard(event).key(), Named.as("key-by-shard"))
                .repartition(
                        TopologyParts.repartitioned(CRL_SHARD, SHARD_PARTITIONS).withStreamPartitioner(byShard()));
    }

    private KStream<String, byte[]> byDevice(KStream<String, Emission> entries, KStream<String, Emission> changes) {
        var route = Route.Internal.CERTIFICATES_OF_DEVICE;
        return parts.only(entries, "enter", route)
                .merge(parts.only(changes, "revoke", route), Named.as("merge-" + route.routeName()))
                .repartition(TopologyParts.repartitioned(route.routeName(), DEVICE_PARTITIONS));
    }

    private KStream<String, byte[]> lookAfterDevices(KStream<String, byte[]> certificates) {
        var emissions = certificates
                .merge(parts.source(Topics.DEVICE_REGISTRY), Named.as("merge-registry"))
                .merge(parts.source(Topics.CERTIFICATE_USED), Named.as("merge-uses"))
                .process(this::deviceProcessor, Named.as("device"), DEVICE_STORES);
        parts.putAside(emissions, "device");
        DEVICE_EVENTS.forEach(topic -> parts.sink(emissions, "device", topic));
        return parts.only(emissions, "device", Route.Internal.CERTIFICATE_PROGRESS);
    }

    private DeviceProcessor deviceProcessor() {
        return new DeviceProcessor(
                Map.of(
                        Topics.DEVICE_REGISTRY.name(environment),
                        new DeviceProcessor.Source<>(
                                parts.intake(RegisteredDevice.class),
                                RegisteredDevice::getDeviceId,
                                DeviceRecords::news),
                        Topics.CERTIFICATE_USED.name(environment),
                        new DeviceProcessor.Source<>(
                                parts.intake(CertificateUsed.class),
                                CertificateUsed::getDeviceId,
                                DeviceRecords::news)),
                new DeviceProcessor.Source<>(
                        parts.intake(CertificateMoved.class), CertificateMoved::getDeviceId, DeviceRecords::news),
                succession.horizon(),
                Timer.builder("evenroll.due.look")
                        .description("Looks at what is due, each of one partition, with what follows from it")
                        .register(metrics),
                this::deviceTask);
    }

    private DeviceTask deviceTask(ProcessorContext<String, Emission> context, Horizon.Part horizon) {
        return new DeviceTask(
                context,
                succession,
                horizon,
                clock,
                new DeviceEvents(environment, lists.issuers(), succession.vehicleCertificates(), clock));
    }

    private void enterProgress(KStream<String, byte[]> progress) {
        var changes = progress.repartition(TopologyParts.repartitioned(
                        Route.Internal.CERTIFICATE_PROGRESS.routeName(), CERTIFICATE_PARTITIONS))
                .process(
                        () -> new ProgressProcessor(parts.intake(CertificateProgressed.class), environment, metrics),
                        Named.as("progress"),
                        CERTIFICATE_BY_ID);
        parts.putAside(changes, "progress");
        parts.sink(changes, "progress", Topics.CERTIFICATE_STATUS);
    }

    private void prepareLists(KStream<String, byte[]> revokedByShard) {
        var prepared = revokedByShard.process(
                () -> new CrlProcessor(parts.intake(CertificateRevoked.class), environment, lists, clock),
                Named.as("prepare-crl"),
                REVOKED_BY_SHARD,
                CRL_BY_SHARD);
        parts.putAside(prepared, "prepare-crl");
        parts.sink(prepared, "prepare-crl", Topics.CRL_PREPARED);
    }

    /// The method that it stands for is deprecated, and the one that has to be there: that with headers calls it.
    @SuppressWarnings("removal")
    private static StreamPartitioner<String, byte[]> byShard() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(CrlShard.parse(key)
                .orElseThrow(() -> new IllegalStateException(key + " is no key of a shard; made by key-by-shard"))
                .partition(partitions)));
    }

    /// What init has set: Streams calls it before anything else.
    static <S> S opened(@Nullable S store) {
        return Objects.requireNonNull(store, "init has not been called");
    }
}
