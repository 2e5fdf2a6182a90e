package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.policy.Admission;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of the rules.
public sealed interface Verdict {

    /// The way that the request took.
    Route route();

    /// Nothing was found wrong; the quota of the policy and the key claim come next.
    ///
    /// @param owner O to certify, of the registration
    /// @param subjectPublicKeyInfo key to certify, RFC 5280 section 4.1.2.7
    /// @param quotaPerHour so many certificates at most under the route's policy in a clock hour; null when
    ///     unlimited
    /// @param admission how the device is entered in the registry first; null when it is there
    /// @param spendsToken whether the device's one-time token is spent with this
    /// @param usedNotBefore start of the present certificate that the device renewed with: older ones are retired;
    ///     null when it was no renewal
    /// @param newKeyRequired whether the key must have had no certificate before
    /// @param profile name of the certificate profile
    /// @param assurance what is known of where the key lives
    record Accepted(
            Route route,
            String owner,
            Der subjectPublicKeyInfo,
            @Nullable Integer quotaPerHour,
            @Nullable Admission admission,
            boolean spendsToken,
            @Nullable Instant usedNotBefore,
            boolean newKeyRequired,
            String profile,
            Assurance assurance)
            implements Verdict {}

    /// Nothing was found wrong, but a person has to approve it: the same submission is judged again with the
    /// approver.
    ///
    /// @param reason why, in a sentence without its full stop
    /// @param expiresAt when it is refused unless a person has decided
    /// @param admission how the device is entered in the registry first; null when it is there
    /// @param quarantine whether the device, which is in the registry, is put in quarantine
    record Waiting(
            Route route,
            String reason,
            Instant expiresAt,
            @Nullable Admission admission,
            boolean quarantine) implements Verdict {}

    /// Something was found wrong.
    ///
    /// @param failures everything, at least one: for the audit log
    /// @param told what the requester may hear of it, at least one: what the registry holds of a device is for
    ///     those who speak for it, and who guesses tokens learns nothing of them
    /// @param alarms what else has to be reported
    record Refused(Route route, List<Failure> failures, List<Failure> told, List<Alarm> alarms) implements Verdict {

        public Refused {
            failures = List.copyOf(failures);
            told = List.copyOf(told);
            alarms = List.copyOf(alarms);
            if (failures.isEmpty()) {
                throw new IllegalArgumentException("failures: are empty; a refusal says why");
            }
            if (told.isEmpty()) {
                throw new IllegalArgumentException("told: is empty; a refusal tells the requester why");
            }
        }
    }
}
