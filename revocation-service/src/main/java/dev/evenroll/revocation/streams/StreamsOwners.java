package dev.evenroll.revocation.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.ocsp.Owners;
import java.net.URI;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/// The replicas as Kafka Streams tells them to each other: each says its `application.server`, which is where it
/// answers
/// OCSP.
public final class StreamsOwners implements Owners {

    private static final StringSerializer KEYS = new StringSerializer();

    private final KafkaStreams streams;
    private final HostInfo here;

    /// @param here this replica's `application.server`
    public StreamsOwners(KafkaStreams streams, String here) {
        this.streams = streams;
        this.here = HostInfo.buildFromEndpoint(here);
    }

    @Override
    public Optional<URI> otherThanHere(CertificateId id) throws InventoryUnavailableException {
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
