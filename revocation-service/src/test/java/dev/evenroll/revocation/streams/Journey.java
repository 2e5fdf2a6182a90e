package dev.evenroll.revocation.streams;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.revocation.crl.UnsignedCrls;
import dev.evenroll.revocation.device.Horizon;
import dev.evenroll.revocation.device.RenewalBudget;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/// The topology under a driver, in the words of the pipeline.
final class Journey implements AutoCloseable {

    static final String ENVIRONMENT = "test";
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    /// Due after 66 % of the life and without jitter, so that tests know when.
    static final Renewal TERMS = new Renewal(66, 0, 90, Duration.ofDays(3), Duration.ofDays(2));

    static final int RENEWALS_PER_SECOND = 5;

    final RenewalBudget budget = new RenewalBudget(RENEWALS_PER_SECOND, 1_000);
    final Horizon horizon = new Horizon();
    final MovableClock clock = new MovableClock(START);
    final TestAuthority authority;
    final PublishedCrls published;
    final UnsignedCrls unsigned = new UnsignedCrls();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final TopologyTestDriver driver;
    private final IdentityHashMap<PreparedCrl, CrlName> names = new IdentityHashMap<>();
    private final List<PreparedCrl> deltas = new ArrayList<>();

    /// With one revocation list.
    Journey(Path stateDirectory) {
        this(stateDirectory, 1);
    }

    Journey(Path stateDirectory, int shards) {
        this.authority = new TestAuthority(clock, shards);
        this.published = new PublishedCrls(Issuers.of(authority.issuer()), authority.addresses());
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test.revocation-service");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        var topology = RevocationTopology.build(
                ENVIRONMENT,
                new RevocationTopology.Lists(
                        Issuers.of(authority.issuer()),
                        authority.addresses(),
                        new CrlSchedule(Duration.ofHours(24)),
                        published,
                        unsigned),
                new RevocationTopology.Succession(
                        profile -> Optional.of(TERMS), profile -> profile.equals("v2g-secc"), budget, horizon),
                clock,
                metrics);
        published.markComplete();
        this.driver = new TopologyTestDriver(topology, properties, START);
    }

    IssuedCertificate issued(String deviceId) {
        var certificate = authority.issue(deviceId);
        write(Topics.CERTIFICATE_ISSUED, deviceId, issuedEvent(certificate).build());
        return certificate;
    }

    CertificateIssued.Builder issuedEvent(IssuedCertificate certificate) {
        return CertificateIssued.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(certificate.enrollmentId())
                .setDeviceId(certificate.deviceId())
                .setProfile("charging-station")
                .setIssuerKeyId(certificate.id().issuerKeyId())
                .setSerialNumber(certificate.id().serialNumber())
                .setNotBefore(certificate.notBefore())
                .setNotAfter(certificate.notAfter())
                .setCertificate(ByteBuffer.wrap(certificate.der().bytes()))
                .setReplyPartition(0);
    }

    void revocationOrdered(IssuedCertificate certificate, RevocationReason reason) {
        write(
                Topics.REVOCATION_REQUESTED,
                certificate.id().value(),
                orderEvent(certificate, reason).build());
    }

    RevocationRequested.Builder orderEvent(IssuedCertificate certificate, RevocationReason reason) {
        return RevocationRequested.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setOccurredAt(clock.instant())
                .setCertificateId(certificate.id().value())
                .setReason(reason)
                .setActor("anna");
    }

    void write(Topic topic, String key, SpecificRecordBase event) {
        writeBytes(topic.name(ENVIRONMENT), key, Outgoing.encode(topic, event));
    }

    @SuppressWarnings("NullAway") // the driver's types do not say that a record may lack key or value
    void writeBytes(String topic, @Nullable String key, byte @Nullable [] value) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    void passes(Duration time) {
        clock.advance(time);
        driver.advanceWallClockTime(time);
    }

    <T extends SpecificRecordBase> List<T> read(Topic topic, Class<T> type) {
        var codec = Codec.of(type);
        return driver
                .createOutputTopic(topic.name(ENVIRONMENT), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(written -> {
                    try {
                        return codec.decode(written.value());
                    } catch (UndecodableException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /// The complete lists that were prepared, each signed by the issuer, as are the delta lists.
    List<PreparedCrl> signedLists() {
        var lists = lists();
        lists.forEach(this::signs);
        deltas.forEach(this::signs);
        return lists;
    }

    /// A list of the first shard, or of that which it was prepared for.
    void signs(PreparedCrl list) {
        try {
            published.offer(name(list), list.number().longValueExact(), authority.signCrl(list.tbsCertList()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    CrlName name(PreparedCrl list) {
        return names.getOrDefault(list, shard().complete());
    }

    CrlShard shard() {
        return published.shards().getFirst();
    }

    /// The delta lists that came with the complete ones of the last call.
    List<PreparedCrl> deltas() {
        return List.copyOf(deltas);
    }

    /// The complete lists that were prepared and nobody has signed.
    List<PreparedCrl> lists() {
        deltas.clear();
        var complete = new ArrayList<PreparedCrl>();
        for (var event : read(Topics.CRL_PREPARED, CrlPrepared.class)) {
            try {
                var list = PreparedCrl.read(der(event.getTbsCertList()));
                var delta = event.getBaseCrlNumber() != null;
                names.put(list, new CrlName(event.getIssuerKeyId(), event.getShard(), delta));
                (delta ? deltas : complete).add(list);
            } catch (MalformedException e) {
                throw new AssertionError(e);
            }
        }
        return complete;
    }

    static List<String> serialNumbers(PreparedCrl list) {
        return list.entries().stream().map(RevokedEntry::serialNumberHex).toList();
    }

    static Der der(ByteBuffer buffer) {
        return Issuances.der(buffer);
    }

    @Override
    public void close() {
        driver.close();
    }
}
