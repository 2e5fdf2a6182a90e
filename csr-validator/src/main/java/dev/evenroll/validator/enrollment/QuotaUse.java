package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How many certificates a policy has allowed in a clock hour (UTC).
///
/// @param hour begin of the hour
/// @param used certificates allowed in it; what the CA refuses afterwards counts, too
public record QuotaUse(Instant hour, int used) {

    private static final Duration HOUR = Duration.ofHours(1);

    /// What becomes of one more certificate.
    public sealed interface Answer {

        /// It is allowed.
        ///
        /// @param use what has to be kept
        record Granted(QuotaUse use) implements Answer {}

        /// The hour's certificates are used up.
        record Exhausted(Failure failure) implements Answer {}
    }

    /// Whether its hour is not over.
    public boolean isCurrent(Instant now) {
        return !now.truncatedTo(ChronoUnit.HOURS).isAfter(hour);
    }

    /// Asks for one more certificate.
    ///
    /// An hour that has been counted in is never left backwards: a clock that was set back, or that of
    /// another replica, would else open it again.
    ///
    /// @param before what was kept; null when nothing was
    /// @param policy name of the policy
    /// @param perHour so many in an hour
    public static Answer ask(@Nullable QuotaUse before, String policy, int perHour, Instant now) {
        var current =
                before != null && before.isCurrent(now) ? before : new QuotaUse(now.truncatedTo(ChronoUnit.HOURS), 0);
        return current.used() < perHour
                ? new Answer.Granted(new QuotaUse(current.hour(), current.used() + 1))
                : new Answer.Exhausted(EnrollmentRules.quotaExhausted(
                        policy, perHour, current.hour().plus(HOUR)));
    }
}
