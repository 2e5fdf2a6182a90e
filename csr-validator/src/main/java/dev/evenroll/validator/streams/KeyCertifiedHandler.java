package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyCertified;
import dev.evenroll.validator.enrollment.KeyEntry;
import java.util.List;

/// Remembers which certificates carry a key, so that blocking it can list them; reports one that comes after that.
final class KeyCertifiedHandler implements EventHandler<KeyCertified> {

    private final KeyStore keys;
    private final EventFactory events;
    private final KeyObservations observations;

    KeyCertifiedHandler(KeyStore keys, EventFactory events) {
        this.keys = keys;
        this.events = events;
        this.observations = new KeyObservations(events);
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    @Override
    public List<Emission> handle(String key, KeyCertified certified) {
        var before = keys.find(key);
        var after =
                KeyEntry.certified(before.entry(), certified.getDeviceId(), certified.getCertificateId(), events.now());
        keys.put(before, after);
        return after.block() == null || after.equals(before.entry())
                ? List.of()
                : List.of(observations.certifiedThoughBlocked(key, certified));
    }
}
