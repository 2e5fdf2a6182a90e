package dev.evenroll.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a policy says about the requests that it is for.
public sealed interface Ruling {

    /// `decision: refuse`.
    ///
    /// @param reason why, for whoever asked
    record Refuse(String reason) implements Ruling {}

    /// `decision: allow`, or `decision: approve` when a person has to agree.
    ///
    /// @param approval why a person has to agree; null when nobody has to, unless the device is in
    ///     quarantine
    /// @param quotaPerHour so many certificates at most in a clock hour; null when unlimited
    /// @param attestationRequired whether the key must be attested
    /// @param approvalExpires how long a request waits for a person
    /// @param unknownDevices how an unknown device is registered; null when it is refused
    record Admit(
            @Nullable String approval,
            @Nullable Integer quotaPerHour,
            boolean attestationRequired,
            Duration approvalExpires,
            @Nullable Entry unknownDevices)
            implements Ruling {}
}
