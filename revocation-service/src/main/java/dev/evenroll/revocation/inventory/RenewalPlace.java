package dev.evenroll.revocation.inventory;

import dev.evenroll.pki.identity.DeviceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;

/// A place in the order of renewals: by time, then by device id.
public record RenewalPlace(Instant dueAt, String deviceId) implements Comparable<RenewalPlace> {

    private static final Comparator<RenewalPlace> ORDER =
            Comparator.comparing(RenewalPlace::dueAt).thenComparing(RenewalPlace::deviceId);

    /// Reads what [#toString] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else
    public static RenewalPlace parse(String text) {
        int end = text.indexOf('/');
        if (end < 0 || DeviceId.problemWith(text.substring(end + 1)).isPresent()) {
            throw new IllegalArgumentException("is no place in the order of renewals");
        }
        try {
            return new RenewalPlace(Instant.parse(text.substring(0, end)), text.substring(end + 1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no place in the order of renewals", e);
        }
    }

    @Override
    public int compareTo(RenewalPlace other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dueAt + "/" + deviceId;
    }
}
