package dev.evenroll.issuer.kafka;

import dev.evenroll.hsm.ceremony.CeremonyEntry;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.AuthorityStep;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Writes on `authority.changed` what is not there yet, each id once.
///
/// All replicas write under one transactional id: who begins shuts out who was before, then reads the topic to its
/// end, and only then writes. So two of them write nothing twice.
///
/// Used by one thread.
public final class AuthorityChanges {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Codec<AuthorityChanged> CODEC = Codec.of(AuthorityChanged.class);
    private static final String ISSUER = Principal.ISSUER.principalName();

    private final String environment;
    private final Supplier<Producer<String, byte[]>> producers;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final SecurityEvents securityEvents;
    private final InstantSource clock;
    private final Map<String, AuthorityChanged> published = new LinkedHashMap<>();
    private boolean read;
    private String reported = "";

    /// A CA that makes new certificates since then.
    public record Activation(Authority authority, Instant activeFrom) {}

    /// @param kafka of the issuer
    public AuthorityChanges(KafkaSettings kafka, InstantSource clock) {
        this(
                kafka.environment(),
                () -> new KafkaProducer<>(transactional(kafka)),
                () -> new KafkaConsumer<>(kafka.reader()),
                clock);
    }

    AuthorityChanges(
            String environment,
            Supplier<Producer<String, byte[]>> producers,
            Supplier<Consumer<String, byte[]>> consumers,
            InstantSource clock) {
        this.environment = environment;
        this.producers = producers;
        this.consumers = consumers;
        this.securityEvents = new SecurityEvents(Principal.ISSUER, environment, clock);
        this.clock = clock;
    }

    private static Map<String, Object> transactional(KafkaSettings kafka) {
        var settings = kafka.transactionalProducer("authority-changes");
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                kafka.principal().applicationId(kafka.environment()) + ".authority-changes");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) LIMIT.toMillis());
        return settings;
    }

    private AuthorityChanged of(CeremonyEntry entry) {
        return AuthorityChanged.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(Instant.parse(entry.at()))
                .setId(entry.id())
                .setPrevious(entry.previous())
                .setStep(AuthorityStep.valueOf(entry.step().name()))
                .setOperator(entry.operator())
                .setAuthority(entry.authority())
                .setSubject(entry.subject())
                .setKeyId(entry.keyId())
                .setSerialNumber(entry.serialNumber())
                .setNotBefore(entry.notBefore())
                .setNotAfter(entry.notAfter())
                .setActiveFrom(entry.activeFrom())
                .setKey(entry.key())
                .setCertificateSha256(entry.certificateSha256())
                .build();
    }

    /// The id follows from CA and time: every replica sees the same.
    private AuthorityChanged of(Activation activation) {
        var authority = activation.authority();
        var activeFrom = activation.activeFrom();
        var certificate = authority.certificate().certificate();
        var identity =
                String.join("\n", "activated", environment, authority.name().text(), authority.keyId(), "")
                        + activeFrom;
        return AuthorityChanged.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setId(HexFormat.of()
                        .formatHex(BouncyCastle.sha256().digest(identity.getBytes(StandardCharsets.UTF_8))))
                .setPrevious("")
                .setStep(AuthorityStep.ACTIVATED)
                .setOperator(ISSUER)
                .setAuthority(authority.name().text())
                .setSubject(Certificates.subject(certificate))
                .setKeyId(authority.keyId())
                .setSerialNumber(CertificateId.hex(certificate.getSerialNumber()))
                .setNotBefore(authority.certificate().notBefore().toString())
                .setNotAfter(authority.certificate().certificateNotAfter().toString())
                .setActiveFrom(activeFrom.toString())
                .setKey(authority.key().description())
                .setCertificateSha256(Certificates.sha256(certificate))
                .build();
    }

    /// Writes what is not on the topic yet, in its order.
    ///
    /// @param entries lines of the record of the ceremonies
    /// @param active the CA that is active now; none when there is none
    /// @throws KafkaException when that could not be done now; nothing of it is on the topic then, or all
    /// @throws java.time.DateTimeException when the time of a line is none
    public void publish(List<CeremonyEntry> entries, Optional<Activation> active) {
        var changes = Stream.concat(
                        entries.stream().map(this::of), active.stream().map(this::of))
                .toList();
        if (read && missing(changes).isEmpty()) {
            return;
        }
        try (var producer = producers.get()) {
            producer.initTransactions();
            readToTheEnd();
            var missing = missing(changes);
            if (!missing.isEmpty()) {
                producer.beginTransaction();
                for (var change : missing) {
                    var _ = producer.send(
                            Outgoing.to(Topics.AUTHORITY_CHANGED, environment, change.getAuthority(), change));
                }
                producer.commitTransaction();
                missing.forEach(change -> published.put(change.getId(), change));
            }
        }
    }

    private List<AuthorityChanged> missing(List<AuthorityChanged> changes) {
        return changes.stream()
                .filter(change -> !published.containsKey(change.getId()))
                .toList();
    }

    private void readToTheEnd() {
        var partition = new TopicPartition(Topics.AUTHORITY_CHANGED.name(environment), 0);
        try (var consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            var found = new LinkedHashMap<String, AuthorityChanged>();
            while (consumer.position(partition, LIMIT) < end) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("the end was not reached within " + LIMIT.toSeconds() + " seconds");
                }
                for (var record : consumer.poll(POLL)) {
                    var change = CODEC.decode(record.value());
                    found.put(change.getId(), change);
                }
            }
            published.clear();
            published.putAll(found);
            read = true;
        } catch (UndecodableException e) {
            throw new KafkaException("What stands on " + partition + " can not be decoded: " + e.getMessage(), e);
        }
    }

    /// What was published and is not in the record any more, in a sentence; empty when all is there.
    ///
    /// @param entries every line of the record
    public String lost(List<CeremonyEntry> entries) {
        Set<String> there = entries.stream().map(CeremonyEntry::id).collect(Collectors.toCollection(HashSet::new));
        var lost = new ArrayList<String>();
        published.values().stream()
                .filter(change -> change.getStep() != AuthorityStep.ACTIVATED && !there.contains(change.getId()))
                .forEach(change -> lost.add(change.getStep() + " of " + change.getAuthority() + " by "
                        + change.getOperator() + " (" + change.getId() + ")"));
        return lost.isEmpty()
                ? ""
                : "The record of the ceremonies lacks what it had: " + String.join(", ", lost)
                        + "; find out who changed it, and restore it from a backup.";
    }

    /// Tells the SOC of a record that is not as it was written: once, until it is another problem.
    ///
    /// @param problem in a sentence; empty when there is none
    public void report(String problem, Producer<String, byte[]> reports) {
        if (!problem.isEmpty() && !problem.equals(reported)) {
            var _ = reports.send(securityEvents.record(
                    SecurityObservation.CEREMONY_ALTERED, ISSUER, Findings.abbreviated(problem), Map.of()));
        }
        reported = problem;
    }
}
