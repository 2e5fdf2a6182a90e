package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.state.RevokedOfDevice;
import dev.evenroll.validator.validation.Judge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Certificates of the devices of one partition of which more is known than how their enrollment ended: revoked, of a
/// former life, or beside the one that their enrollment is answered with. Store `revocation-by-device`. Owner: the
/// task.
final class CertificateStore {

    private final KeyValueStore<String, RevokedOfDevice> store;

    CertificateStore(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(StoreNames.REVOCATION_BY_DEVICE);
    }

    /// Whether it is revoked or on hold.
    boolean isRevoked(String deviceId, CertificateId certificate) {
        return is(deviceId, certificate, known -> known.getRevoked() || known.getOnHold());
    }

    boolean isOfFormerLife(String deviceId, CertificateId certificate) {
        return is(deviceId, certificate, RevokedOfDevice::getFormerLife);
    }

    /// Whether it is remembered at all.
    boolean isKnown(String deviceId, CertificateId certificate) {
        return is(deviceId, certificate, _ -> true);
    }

    private boolean is(String deviceId, CertificateId certificate, Predicate<RevokedOfDevice> what) {
        var known = store.get(key(deviceId, certificate));
        return known != null && what.test(known);
    }

    /// Remembers that the certificate is revoked.
    void putRevoked(String deviceId, CertificateId certificate, Instant notAfter) {
        put(deviceId, certificate, new RevokedOfDevice(notAfter, true, false, false));
    }

    /// Remembers that the certificate is on hold.
    void putHeld(String deviceId, CertificateId certificate, Instant notAfter) {
        put(deviceId, certificate, new RevokedOfDevice(notAfter, false, false, true));
    }

    /// Takes the certificate off hold. What else is known of it stays true.
    void release(String deviceId, CertificateId certificate) {
        var key = key(deviceId, certificate);
        @Nullable RevokedOfDevice before = store.get(key);
        if (before != null) {
            store.put(
                    key, new RevokedOfDevice(before.getNotAfter(), before.getRevoked(), before.getFormerLife(), false));
        }
    }

    /// Remembers that the certificate was issued for what the device is no more.
    void putFormer(String deviceId, CertificateId certificate, Instant notAfter) {
        put(deviceId, certificate, new RevokedOfDevice(notAfter, false, true, false));
    }

    /// Remembers a certificate that no enrollment is answered with: when the device begins anew, it has to be known.
    void put(String deviceId, CertificateId certificate, Instant notAfter) {
        put(deviceId, certificate, new RevokedOfDevice(notAfter, false, false, false));
    }

    /// What was known before stays true.
    private void put(String deviceId, CertificateId certificate, RevokedOfDevice now) {
        var key = key(deviceId, certificate);
        @Nullable RevokedOfDevice before = store.get(key);
        store.put(
                key,
                before == null
                        ? now
                        : new RevokedOfDevice(
                                now.getNotAfter(),
                                now.getRevoked() || before.getRevoked(),
                                now.getFormerLife() || before.getFormerLife(),
                                now.getOnHold() || before.getOnHold()));
    }

    /// The device begins anew: everything that is here was issued before.
    void endLife(String deviceId) {
        try (var entries = store.prefixScan(KeyWithinDevice.prefix(deviceId), new StringSerializer())) {
            var known = new ArrayList<KeyValue<String, RevokedOfDevice>>();
            entries.forEachRemaining(known::add);
            known.forEach(entry -> store.put(
                    entry.key,
                    new RevokedOfDevice(
                            entry.value.getNotAfter(), entry.value.getRevoked(), true, entry.value.getOnHold())));
        }
    }

    /// Forgets the device's certificates that have expired so long ago that no policy renews them: those are not
    /// trusted any more anyway.
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
