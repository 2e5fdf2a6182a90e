package dev.evenroll.revocation.connection;

import dev.evenroll.pki.identity.CertificateId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Every certificate that is revoked or on hold, in memory: about 80 bytes for each.
///
/// Safe for use by many threads; one thread writes.
public final class WithdrawnCertificates {

    private final ConcurrentMap<String, ConcurrentMap<Serial, Withdrawal>> byIssuer = new ConcurrentHashMap<>();

    /// How a certificate is withdrawn.
    public enum Withdrawal {
        /// For ever.
        REVOKED,
        /// Until it is taken off hold.
        ON_HOLD
    }

    /// A serial number of up to 20 bytes (RFC 5280 section 4.1.2.2).
    private record Serial(int high, long middle, long low) {

        private static final int BYTES = 20;

        static Serial of(CertificateId certificate) {
            var bytes = HexFormat.of().parseHex(certificate.serialNumber());
            var padded = ByteBuffer.allocate(BYTES).put(BYTES - bytes.length, bytes);
            return new Serial(padded.getInt(), padded.getLong(), padded.getLong());
        }
    }

    public Optional<Withdrawal> find(CertificateId certificate) {
        var serials = byIssuer.get(certificate.issuerKeyId());
        return serials == null ? Optional.empty() : Optional.ofNullable(serials.get(Serial.of(certificate)));
    }

    /// Enters a certificate. What is revoked stays revoked.
    public void put(CertificateId certificate, Withdrawal withdrawal) {
        byIssuer.computeIfAbsent(certificate.issuerKeyId(), any -> new ConcurrentHashMap<>())
                .merge(
                        Serial.of(certificate),
                        withdrawal,
                        (before, now) -> before == Withdrawal.REVOKED ? before : now);
    }

    /// Takes a certificate off hold. What is revoked stays revoked.
    ///
    /// @return whether the certificate is good again; false when it is revoked
    public boolean release(CertificateId certificate) {
        var serials = byIssuer.get(certificate.issuerKeyId());
        var serial = Serial.of(certificate);
        if (serials == null) {
            return true;
        }
        serials.remove(serial, Withdrawal.ON_HOLD);
        return !serials.containsKey(serial);
    }

    /// Forgets all of them.
    public void clear() {
        byIssuer.clear();
    }

    public int size() {
        return byIssuer.values().stream().mapToInt(ConcurrentMap::size).sum();
    }
}
