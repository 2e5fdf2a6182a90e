package dev.evenroll.validator.validation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The verification of a one-time token against the one that the device has.
final class TokenVerification {

    private TokenVerification() {}

    /// @param presentedSha256 SHA-256 of the token that was presented, in hexadecimal digits
    /// @param held the device's token; null when it has none
    static Requester.Bearing verify(String presentedSha256, @Nullable DeviceTokenView held, Instant now) {
        return new Requester.Bearing(
                held, held == null ? Set.of(TokenProblem.NONE) : problems(presentedSha256, held, now));
    }

    private static Set<TokenProblem> problems(String presentedSha256, DeviceTokenView held, Instant now) {
        var problems = EnumSet.noneOf(TokenProblem.class);
        if (held.locked()) {
            problems.add(TokenProblem.LOCKED);
        }
        if (!same(presentedSha256, held.tokenSha256())) {
            // What became of the device's own token is nothing that this one was refused for.
            problems.add(
                    held.replacedSha256().stream().anyMatch(replaced -> same(presentedSha256, replaced))
                            ? TokenProblem.REPLACED
                            : TokenProblem.WRONG);
            return problems;
        }
        if (held.spentFor() != null) {
            problems.add(TokenProblem.SPENT);
        }
        if (!now.isBefore(held.expiresAt())) {
            problems.add(TokenProblem.EXPIRED);
        }
        return problems;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
