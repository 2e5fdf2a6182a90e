package dev.evenroll.pki.profile;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/// How the certificates of a profile follow one another. Shares of the life of a certificate, so that they fit one of a
/// day and one of a year alike.
///
/// @param dueAfterPercent share of the life after which its renewal is due, 1 to 98
/// @param jitterPercent share of the life by which the renewal is due earlier at most, so that what was issued at once
///     is not renewed at once; 0 to less than `dueAfterPercent`
/// @param overdueAfterPercent share of the life after which a certificate that was not renewed is overdue, more than
///     `dueAfterPercent`, to 99
/// @param grace how long a certificate stays in service when its device has been seen with a later one
/// @param unseenAfter how long after its issue it is said that a device has not been seen with a certificate
public record Renewal(
        int dueAfterPercent, int jitterPercent, int overdueAfterPercent, Duration grace, Duration unseenAfter) {

    /// For certificates of a year and longer. Two thirds of the life, as many do.
    public static final Renewal USUAL = new Renewal(66, 10, 90, Duration.ofDays(3), Duration.ofDays(2));

    private static final int JITTER_STEPS = 65_536;

    public Renewal {
        if (dueAfterPercent < 1
                || jitterPercent < 0
                || jitterPercent >= dueAfterPercent
                || overdueAfterPercent <= dueAfterPercent
                || overdueAfterPercent > 99) {
            throw new IllegalArgumentException("dueAfterPercent " + dueAfterPercent + ", jitterPercent " + jitterPercent
                    + ", overdueAfterPercent " + overdueAfterPercent
                    + ": due has to come after the jitter, and before overdue, which is at most 99");
        }
        if (grace.isNegative() || unseenAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "grace " + grace + ", unseenAfter " + unseenAfter + ": are not negative");
        }
    }

    /// What is usual for certificates of this life: those of a day have no three days of grace.
    public static Renewal usual(Duration validity) {
        var tenth = validity.dividedBy(10);
        return new Renewal(
                USUAL.dueAfterPercent,
                USUAL.jitterPercent,
                USUAL.overdueAfterPercent,
                shorter(USUAL.grace, tenth),
                shorter(USUAL.unseenAfter, tenth));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// When the renewal of a certificate is due: the same for everybody who computes it.
    ///
    /// @param serialNumber decides about the jitter, by 16 of its bits that decide about nothing else
    public Instant dueAt(Instant notBefore, Instant notAfter, BigInteger serialNumber) {
        long step = (serialNumber.longValue() >>> 40) & (JITTER_STEPS - 1);
        return share(notBefore, notAfter, dueAfterPercent)
                .minus(Duration.between(notBefore, notAfter)
                        .multipliedBy(jitterPercent)
                        .dividedBy(100)
                        .multipliedBy(step)
                        .dividedBy(JITTER_STEPS));
    }

    /// When a certificate that was not renewed is overdue.
    public Instant overdueAt(Instant notBefore, Instant notAfter) {
        return share(notBefore, notAfter, overdueAfterPercent);
    }

    private static Instant share(Instant notBefore, Instant notAfter, int percent) {
        return notBefore.plus(
                Duration.between(notBefore, notAfter).multipliedBy(percent).dividedBy(100));
    }
}
