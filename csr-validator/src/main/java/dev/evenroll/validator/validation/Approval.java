package dev.evenroll.validator.validation;

import dev.evenroll.pki.RuleText;
import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.validator.registry.DeviceLife;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Whether a request that no rule refuses waits for a person.
final class Approval {

    private static final RuleText POLICY = new RuleText(
            "waits-by-policy",
            "RFC 7030 section 4.2.3 (202, Retry-After); the installation's policies",
            "a request that a just-in-time policy leaves to a person",
            "<reason of the policy>");
    private static final RuleText QUARANTINE = new RuleText(
            "waits-in-quarantine",
            "RFC 7030 section 4.2.3; NIST SP 800-53 AC-6: what is not trusted gets nothing by itself",
            "a request of a device in quarantine, whatever the enrollment model",
            "the device is in quarantine (<reason>)");
    private static final RuleText EXPIRED = new RuleText(
            "waits-expired",
            "OCPP 2.0.1 A00.FR.429: an expired station is let in only when configured so",
            "a renewal with a certificate that has expired, within the grace of the policies; "
                    + "the device goes into quarantine",
            "the certificate that it renews with expired on <day>");

    /// Everything that makes a request wait.
    static final List<RuleText> TEXTS = List.of(POLICY, QUARANTINE, EXPIRED);

    /// Where no policy says how long a request waits.
    private static final Duration PATIENCE = Duration.ofDays(7);

    private Approval() {}

    /// What is to be approved.
    ///
    /// @param reason why, in a sentence without its full stop
    /// @param expiresAt when it is refused unless a person has decided
    /// @param quarantine whether the device is put in quarantine
    record Needed(String reason, Instant expiresAt, boolean quarantine) {}

    /// Empty when nobody has to approve it, or somebody has.
    static Optional<Needed> of(EnrollmentCase enrollment) {
        var justInTime = enrollment.justInTime();
        if (justInTime != null && justInTime.decided().outcome() instanceof PolicyOutcome.Pending pending) {
            // The policies know of the approver: they decide whether it is enough.
            return needed(POLICY, enrollment.now().plus(pending.expiresAfter()), false, pending.reason());
        }
        if (enrollment.circumstances().approver() != null) {
            return Optional.empty();
        }
        var expiresAt = enrollment.now().plus(PATIENCE);
        if (enrollment.requester() instanceof Requester.Certified certified && certified.expired()) {
            var endOfGrace = enrollment.endOfGrace(certified);
            return needed(
                    EXPIRED,
                    endOfGrace.isBefore(expiresAt) ? endOfGrace : expiresAt,
                    !(enrollment.device() instanceof DeviceLife.Quarantined),
                    day(certified.certificate().getNotAfter().toInstant()));
        }
        return enrollment.device() instanceof DeviceLife.Quarantined quarantined
                ? needed(QUARANTINE, expiresAt, false, quarantined.reason())
                : Optional.empty();
    }

    private static Optional<Needed> needed(RuleText text, Instant expiresAt, boolean quarantine, String value) {
        return Optional.of(new Needed(text.failure(value).message(), expiresAt, quarantine));
    }

    private static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
