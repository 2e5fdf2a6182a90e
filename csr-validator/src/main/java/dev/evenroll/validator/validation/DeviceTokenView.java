package dev.evenroll.validator.validation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one-time token of a device, as the judgement of one enrollment sees it.
///
/// @param tokenSha256 SHA-256 of the token's text, 64 lower-case hexadecimal digits
/// @param replacedSha256 the same of tokens of the device that this one has taken the place of
/// @param createdBy who created it
/// @param expiresAt from when on it does not count
/// @param spentFor the enrollment that it was spent for; null while the one that is judged may use it
/// @param locked whether too many wrong tokens were presented for the device
public record DeviceTokenView(
        String tokenSha256,
        List<String> replacedSha256,
        String createdBy,
        Instant expiresAt,
        @Nullable String spentFor,
        boolean locked) {

    public DeviceTokenView {
        replacedSha256 = List.copyOf(replacedSha256);
    }
}
