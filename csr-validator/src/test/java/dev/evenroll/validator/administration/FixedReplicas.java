package dev.evenroll.validator.administration;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Replicas that a test says.
@Singleton
public final class FixedReplicas implements Replicas {

    private final Map<String, URI> owners = new ConcurrentHashMap<>();
    private volatile Set<URI> others = Set.of();

    /// Has another replica hold devices.
    void hold(URI replica, String... deviceIds) {
        for (var deviceId : deviceIds) {
            owners.put(deviceId, replica);
        }
        others = Set.of(replica);
    }

    void clear() {
        owners.clear();
        others = Set.of();
    }

    @Override
    public int partitions() {
        return MemoryRegistry.EVERYTHING.size();
    }

    @Override
    public Optional<URI> ownerOf(Kept kept, String key) {
        return Optional.ofNullable(owners.get(key));
    }

    @Override
    public Set<URI> others() {
        return others;
    }
}
