package dev.evenroll.validator.streams;

import dev.evenroll.validator.administration.Replicas;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/// The replicas as Kafka Streams tells them to each other: each says its `application.server`.
public final class StreamsReplicas implements Replicas {

    private final KafkaStreams streams;
    private final @Nullable HostInfo here;

    /// @param here this replica's `application.server`; null when it says none
    public StreamsReplicas(KafkaStreams streams, @Nullable String here) {
        this.streams = streams;
        this.here = here == null ? null : HostInfo.buildFromEndpoint(here);
    }

    @Override
    public int partitions() {
        return DeviceQueries.PARTITIONS;
    }

    @Override
    public Optional<URI> ownerOf(Kept kept, String key) throws RegistryUnavailableException {
        if (here == null) {
            return Optional.empty();
        }
        try {
            var metadata = streams.queryMetadataForKey(store(kept), key, new StringSerializer());
            if (metadata == null || KeyQueryMetadata.NOT_AVAILABLE.equals(metadata)) {
                throw unavailable(new IllegalStateException("No replica is known to hold the key."));
            }
            return address(metadata.activeHost());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Set<URI> others() throws RegistryUnavailableException {
        if (here == null) {
            return Set.of();
        }
        try {
            return streams.streamsMetadataForStore(StoreNames.DEVICE_BY_ID).stream()
                    .map(StreamsMetadata::hostInfo)
                    .flatMap(host -> address(host).stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unavailable(e);
        }
    }

    /// The address of another replica; empty for this one, and for one that does not say who it is.
    private Optional<URI> address(HostInfo host) {
        return host.equals(here) || host.equals(HostInfo.unavailable())
                ? Optional.empty()
                : Optional.of(URI.create("https://"
                        + (host.host().contains(":") ? "[" + host.host() + "]" : host.host()) + ":" + host.port()));
    }

    private static String store(Kept kept) {
        return switch (kept) {
            case DEVICES -> StoreNames.DEVICE_BY_ID;
            case KEYS -> StoreNames.KEY_CLAIM_BY_SPKI;
        };
    }

    private static RegistryUnavailableException unavailable(RuntimeException cause) {
        return new RegistryUnavailableException(
                "The registry is being started or moved, and it is not known which replica to ask; ask again in a "
                        + "second.",
                cause);
    }
}
