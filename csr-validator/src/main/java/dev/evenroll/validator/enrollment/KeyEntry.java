package dev.evenroll.validator.enrollment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a public key, for ever.
///
/// @param holder the device that claimed it first; null when it was blocked before anybody claimed it
/// @param since when it was claimed, or blocked if nobody has claimed it
/// @param certificateIds certificates that carry it, oldest first: the last [#MOST_CERTIFICATES]
/// @param grantedFor the last enrollment that it was granted for, which may be repeated with it; empty when that is
///     not known
/// @param block why it is certified for nobody any more; null when it is not blocked
public record KeyEntry(
        @Nullable String holder,
        Instant since,
        List<String> certificateIds,
        String grantedFor,
        @Nullable KeyBlock block) {

    /// A key that is renewed with itself has more only after years; the oldest have expired by then.
    public static final int MOST_CERTIFICATES = 100;

    /// In the place of an enrollment that is not known.
    private static final String UNKNOWN = "";

    public KeyEntry {
        certificateIds = List.copyOf(certificateIds);
    }

    /// Why a key is blocked.
    ///
    /// @param commandId id of the command
    /// @param actor who gave it
    /// @param reason why, for people
    /// @param blockedAt when the command was given
    public record KeyBlock(String commandId, String actor, String reason, Instant blockedAt) {}

    /// A key that a device claims first.
    static KeyEntry claimed(String deviceId, Instant now) {
        return new KeyEntry(deviceId, now, List.of(), UNKNOWN, null);
    }

    /// Whether another enrollment than this one has led to a certificate that carries the key.
    boolean certifiedBeyond(String enrollmentId) {
        return !certificateIds.isEmpty() && !grantedFor.equals(enrollmentId);
    }

    /// The key after it was granted for an enrollment.
    KeyEntry granted(String enrollmentId) {
        return new KeyEntry(holder, since, certificateIds, enrollmentId, block);
    }

    /// The key after it was blocked. The first block stays: it is the one that people have acted on.
    ///
    /// @param before null when nothing is known of the key
    public static KeyEntry blocked(@Nullable KeyEntry before, KeyBlock block) {
        if (before == null) {
            return new KeyEntry(null, block.blockedAt(), List.of(), UNKNOWN, block);
        }
        return before.block() == null
                ? new KeyEntry(before.holder(), before.since(), before.certificateIds(), before.grantedFor(), block)
                : before;
    }

    /// The key, blocked also when that is known from elsewhere only.
    ///
    /// @param before null when nothing is known of the key
    /// @param block null when nothing is known from elsewhere
    public static @Nullable KeyEntry blockedBy(@Nullable KeyEntry before, @Nullable KeyBlock block) {
        return block == null ? before : blocked(before, block);
    }

    /// The key after a certificate was issued for it.
    ///
    /// @param before null when nothing is known of the key: it was certified before claims were kept, and so
    ///     belongs to the certificate's device
    public static KeyEntry certified(@Nullable KeyEntry before, String deviceId, String certificateId, Instant now) {
        var entry = before == null ? claimed(deviceId, now) : before;
        if (entry.certificateIds().contains(certificateId)) {
            return entry;
        }
        var ids = new ArrayList<>(entry.certificateIds());
        ids.add(certificateId);
        var last = ids.subList(Math.max(0, ids.size() - MOST_CERTIFICATES), ids.size());
        return new KeyEntry(entry.holder(), entry.since(), last, entry.grantedFor(), entry.block());
    }
}
