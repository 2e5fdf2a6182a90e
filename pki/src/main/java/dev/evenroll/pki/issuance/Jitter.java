package dev.evenroll.pki.issuance;

import java.math.BigInteger;
import java.time.Duration;

/// By how much a certificate ends earlier than its profile lets it, so that what was issued in one hour is not
/// renewed in one hour.
///
/// Taken from the serial number, from other bits than most shards are: it is as random, and the same certificate
/// prepared twice ends at the same second.
final class Jitter {
    private static final int LOW_BITS = 64;

    private Jitter() {}

    /// Whole seconds, from none to the range, both included.
    static Duration of(SerialNumber serialNumber, Duration range) {
        BigInteger choices = BigInteger.valueOf(range.toSeconds()).add(BigInteger.ONE);
        return Duration.ofSeconds(
                serialNumber.value().shiftRight(LOW_BITS).mod(choices).longValueExact());
    }
}
