package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyCertified;
import dev.evenroll.validator.enrollment.KeyEntry;
import java.util.List;

/// Remembers which certificates carry a key, so that blocking it can list them.
final class KeyCertifiedHandler implements EventHandler<KeyCertified> {

    private final KeyStore keys;
    private final EventFactory events;

    KeyCertifiedHandler(KeyStore keys, EventFactory events) {
        this.keys = keys;
        this.events = events;
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    @Override
    public List<Emission> handle(String key, KeyCertified certified) {
        keys.put(
                key,
                KeyEntry.certified(
                        keys.find(key), certified.getDeviceId(), certified.getCertificateId(), events.now()));
        return List.of();
    }
}
