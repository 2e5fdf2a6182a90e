package dev.evenroll.revocation.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.ocsp.Owners;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/// The replicas as Kafka Streams tells them to each other: each says its `application.server`, which is where it
/// answers
/// OCSP.
///
/// Whose a partition is counts for a second, since to ask costs more than to look a certificate up. Whoever is asked
/// wrongly says so.
///
/// Safe for use by many threads.
public final class StreamsOwners implements Owners {

    private static final StringSerializer KEYS = new StringSerializer();
    private static final Duration COUNTS_FOR = Duration.ofSeconds(1);

    private final KafkaStreams streams;
    private final HostInfo here;
    private final InstantSource clock;
    private final AtomicReferenceArray<Told> byPartition =
            new AtomicReferenceArray<>(RevocationTopology.CERTIFICATE_PARTITIONS);

    private record Told(Optional<URI> owner, Instant at) {

        boolean counts(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(COUNTS_FOR));
        }
    }

    /// @param here this replica's `application.server`
    public StreamsOwners(KafkaStreams streams, String here, InstantSource clock) {
        this.streams = streams;
        this.here = HostInfo.buildFromEndpoint(here);
        this.clock = clock;
    }

    @Override
    public Optional<URI> otherThanHere(CertificateId id) throws InventoryUnavailableException {
        var now = clock.instant();
        int partition = StoredInventory.partitionOf(id.value(), RevocationTopology.CERTIFICATE_PARTITIONS);
        var told = byPartition.get(partition);
        if (told == null || !told.counts(now)) {
            told = new Told(ask(id), now);
            byPartition.set(partition, told);
        }
        return told.owner();
    }

    private Optional<URI> ask(CertificateId id) throws InventoryUnavailableException {
        try {
            var metadata = streams.queryMetadataForKey(RevocationTopology.CERTIFICATE_BY_ID, id.value(), KEYS);
            if (metadata == null
                    || KeyQueryMetadata.NOT_AVAILABLE.equals(metadata)
                    || metadata.activeHost().equals(HostInfo.unavailable())) {
                throw new InventoryUnavailableException("No replica is known to hold this part of the inventory.");
            }
            var owner = metadata.activeHost();
            return owner.equals(here)
                    ? Optional.empty()
                    : Optional.of(URI.create("http://"
                            + (owner.host().contains(":") ? "[" + owner.host() + "]" : owner.host()) + ":"
                            + owner.port()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw StoredInventory.unavailable(e);
        }
    }
}
