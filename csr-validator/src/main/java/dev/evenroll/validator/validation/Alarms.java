package dev.evenroll.validator.validation;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.Alarm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which failures are reported beside the refusal.
final class Alarms {

    /// By rule. A misconfigured device breaks the other rules; these are broken by somebody who tries.
    static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("token-wrong", Kind.WRONG_TOKEN),
            Map.entry("token-none", Kind.UNUSABLE_TOKEN),
            Map.entry("token-replaced", Kind.UNUSABLE_TOKEN),
            Map.entry("token-locked", Kind.UNUSABLE_TOKEN),
            Map.entry("token-spent", Kind.UNUSABLE_TOKEN),
            Map.entry("token-expired", Kind.UNUSABLE_TOKEN),
            Map.entry("authority-site", Kind.FOREIGN_DEVICE),
            Map.entry("authority-manufacturer", Kind.FOREIGN_DEVICE),
            Map.entry("idevid-serial-number", Kind.FOREIGN_DEVICE),
            Map.entry("renewal-own-certificate", Kind.FOREIGN_DEVICE),
            Map.entry("key-blocked", Kind.BLOCKED_KEY),
            Map.entry("requester-key-blocked", Kind.BLOCKED_KEY),
            Map.entry("renewal-revoked", Kind.REVOKED_CERTIFICATE));

    private Alarms() {}

    /// At most one of each kind, in the order of the failures.
    static List<Alarm> of(EnrollmentCase enrollment, String requester, List<Failure> failures) {
        var alarms = new ArrayList<Alarm>();
        for (var failure : failures) {
            Optional.ofNullable(KINDS.get(failure.rule()))
                    .filter(kind -> alarms.stream().noneMatch(alarm -> alarm.kind() == kind))
                    .map(kind -> new Alarm(kind, sentence(enrollment, requester, failure)))
                    .ifPresent(alarms::add);
        }
        return List.copyOf(alarms);
    }

    private static String sentence(EnrollmentCase enrollment, String requester, Failure failure) {
        return "A request of " + (requester.isEmpty() ? "somebody unknown" : requester) + " for the device "
                + enrollment.deviceId() + " was refused: " + failure.message() + ".";
    }
}
