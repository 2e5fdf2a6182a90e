package dev.evenroll.validator.administration;

import dev.evenroll.validator.enrollment.KeyEntry;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What is known of a public key, as callers see it. Times are ISO 8601 in UTC.
///
/// @param deviceId the device that claimed it first; null when nobody has
/// @param claimedAt when it was claimed; null when nobody has claimed it
/// @param certificateIds certificates that carry it, oldest first, at most the last 100
/// @param block why it is certified for nobody any more; null when it is not blocked
@Schema(name = "Key")
public record KeyView(
        String keySha256,
        @Nullable String deviceId,
        @Nullable String claimedAt,
        List<String> certificateIds,
        @Nullable BlockView block) {

    public KeyView {
        certificateIds = List.copyOf(certificateIds);
    }

    /// A person's order.
    @Schema(name = "KeyBlock")
    public record BlockView(String actor, String reason, String blockedAt) {}

    static KeyView of(String keySha256, KeyEntry key) {
        var block = key.block();
        return new KeyView(
                keySha256,
                key.holder(),
                key.holder() == null ? null : key.since().toString(),
                key.certificateIds(),
                block == null
                        ? null
                        : new BlockView(
                                block.actor(), block.reason(), block.blockedAt().toString()));
    }
}
