package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.DeviceTokenView;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import dev.evenroll.validator.validation.TokenProblem;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one-time token is the device's, unspent, unexpired, and not locked.
///
/// Who presents another hears one and the same sentence whatever is wrong: a guesser learns neither whether the
/// device has a token, nor whether it is registered, nor whether a guess was right.
public final class TokenIsGood implements Rule {

    private static final String SOURCE = "RFC 7030 section 3.2.3; NIST SP 800-63B section 5.1.2 (look-up secrets)";
    private static final RuleText NONE = new RuleText(
            "token-none",
            SOURCE,
            "a token for a device that has none",
            "token: <device> has no one-time token; have an installer create one");
    private static final RuleText WRONG = new RuleText(
            "token-wrong",
            SOURCE,
            "a token that is not that of the device; counted against its attempts",
            "token: is not that of <device>; have an installer create one for it");
    private static final RuleText REPLACED = new RuleText(
            "token-replaced",
            SOURCE,
            "a token that another one of the device has taken the place of; not counted as an attempt",
            "token: that of <device> was replaced by another; enter the new one in the device");
    private static final RuleText LOCKED = new RuleText(
            "token-locked",
            "NIST SP 800-63B section 5.2.2 (rate limiting)",
            "any token for a device for which too many wrong ones were presented",
            "token: that of <device> is locked after too many wrong ones; find out who presented them, "
                    + "then have an installer create a new one");
    private static final RuleText SPENT = new RuleText(
            "token-spent",
            SOURCE,
            "a token that has been used for another enrollment",
            "token: that of <device> was spent for the enrollment <enrollment>; have an installer create a new one");
    private static final RuleText EXPIRED = new RuleText(
            "token-expired",
            SOURCE,
            "a token after its end",
            "token: that of <device> expired at <time>; have an installer create a new one");
    private static final RuleText REFUSED = new RuleText(
            "token-refused",
            "NIST SP 800-63B section 5.2.2; OWASP: one answer to every failed authentication",
            "the only thing that the bearer of a token hears of the six above",
            "token: is not accepted for this device; have an installer create a new one");

    @Override
    public List<RuleText> texts() {
        return List.of(NONE, WRONG, REPLACED, LOCKED, SPENT, EXPIRED, REFUSED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Bearing(DeviceTokenView held, Set<TokenProblem> problems))) {
            return List.of();
        }
        return problems.stream()
                .sorted()
                .map(problem -> failure(problem, enrollment.deviceId().value(), held))
                .toList();
    }

    @Override
    public List<Failure> told(EnrollmentCase enrollment, List<Failure> found) {
        return found.isEmpty() ? found : List.of(REFUSED.failure());
    }

    private static Failure failure(TokenProblem problem, String device, @Nullable DeviceTokenView held) {
        if (held == null) {
            return NONE.failure(device);
        }
        return switch (problem) {
            case NONE -> NONE.failure(device);
            case WRONG -> WRONG.failure(device);
            case REPLACED -> REPLACED.failure(device);
            case LOCKED -> LOCKED.failure(device);
            case SPENT -> SPENT.failure(device, Objects.requireNonNullElse(held.spentFor(), "unknown"));
            case EXPIRED -> EXPIRED.failure(device, held.expiresAt().toString());
        };
    }
}
