package dev.evenroll.revocation.connection;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells of each certificate when its device first connects with it here. Again after a restart, and when more have
/// been
/// seen than are remembered: to tell it twice is harmless.
///
/// About 60 bytes for each certificate. Safe for use by many threads.
public final class Sightings {

    static final int REMEMBERED = 2_000_000;

    private static final int HEX_DIGITS_OF_LONG = 16;
    private static final int HEXADECIMAL = 16;

    private final Set<Long> seen = ConcurrentHashMap.newKeySet();
    private final Announcement announcement;

    /// Tells of a sighting.
    @FunctionalInterface
    public interface Announcement {

        /// Does not wait.
        ///
        /// @param lost called when it could not be told: the next connection tries again
        void announce(Authorized authorized, Runnable lost);
    }

    public Sightings(Announcement announcement) {
        this.announcement = announcement;
    }

    /// A device was let in.
    public void see(Authorized authorized) {
        if (seen.size() >= REMEMBERED) {
            seen.clear();
        }
        var mark = mark(authorized.certificate());
        if (seen.add(mark)) {
            announcement.announce(authorized, () -> seen.remove(mark));
        }
    }

    /// Serial numbers are random: no two of a CA have the same low 64 bits, but for less than one in a million
    /// millions.
    private static Long mark(CertificateId certificate) {
        var digits = certificate.serialNumber();
        var low = Long.parseUnsignedLong(
                digits.substring(Math.max(0, digits.length() - HEX_DIGITS_OF_LONG)), HEXADECIMAL);
        return low ^ ((long) certificate.issuerKeyId().hashCode() << Integer.SIZE);
    }
}
