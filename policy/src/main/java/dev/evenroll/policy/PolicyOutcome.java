package dev.evenroll.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the policies decide about a request.
public sealed interface PolicyOutcome {

    /// Name of the policy that decided; empty when none was for the request.
    String policy();

    /// The device may have a certificate.
    ///
    /// @param quotaPerHour so many certificates at most under this policy in a clock hour (UTC); null
    ///     when unlimited; counting is the caller's
    /// @param admission how the device is entered in the registry first; null when it is there
    record Allowed(
            String policy,
            @Nullable Integer quotaPerHour,
            @Nullable Admission admission) implements PolicyOutcome {}

    /// A person has to approve the request.
    ///
    /// @param reason why, in a sentence without its full stop
    /// @param expiresAfter the request is refused unless somebody has decided by then
    /// @param quotaPerHour as in [Allowed], counted when the request is approved
    /// @param admission how the device is entered in the registry first; null when it is there
    record Pending(
            String policy,
            String reason,
            Duration expiresAfter,
            @Nullable Integer quotaPerHour,
            @Nullable Admission admission)
            implements PolicyOutcome {}

    /// The request is refused.
    ///
    /// @param rule the rule's name, lower-case kebab case: one of [PolicyRule]
    /// @param message a sentence that says why and what to do, without its full stop
    record Refused(String policy, String rule, String message) implements PolicyOutcome {}
}
