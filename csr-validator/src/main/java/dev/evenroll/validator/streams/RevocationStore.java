package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.state.RevokedOfDevice;
import dev.evenroll.validator.validation.Judge;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The revoked certificates of the devices of one partition: store `revocation-by-device`. Owner: the
/// task.
final class RevocationStore {

    private final KeyValueStore<String, RevokedOfDevice> store;

    RevocationStore(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(StoreNames.REVOCATION_BY_DEVICE);
    }

    boolean contains(String deviceId, CertificateId certificate) {
        return store.get(key(deviceId, certificate)) != null;
    }

    void put(String deviceId, CertificateId certificate, Instant notAfter) {
        store.put(key(deviceId, certificate), new RevokedOfDevice(notAfter));
    }

    /// Forgets the device's revoked certificates that have expired so long ago that no policy renews them:
    /// those are not trusted any more anyway.
    void removeExpired(String deviceId, Instant now) {
        var expired = new ArrayList<String>();
        try (var entries = store.prefixScan(KeyWithinDevice.prefix(deviceId), new StringSerializer())) {
            entries.forEachRemaining(entry -> {
                if (now.isAfter(entry.value.getNotAfter().plus(Judge.LONGEST_RENEWAL_GRACE))) {
                    expired.add(entry.key);
                }
            });
        }
        expired.forEach(store::delete);
    }

    private static String key(String deviceId, CertificateId certificate) {
        return KeyWithinDevice.of(deviceId, certificate.value());
    }
}
