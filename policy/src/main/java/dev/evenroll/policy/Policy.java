package dev.evenroll.policy;

import org.jspecify.annotations.Nullable;

/// One policy: whom it is for, and what it says about them.
///
/// @param name unique in its set, lower-case kebab case
/// @param line where it stands in its file, from 1
public record Policy(String name, int line, Match match, Ruling ruling) {

    private static final String IN_QUARANTINE = "the device is in quarantine until a person approves it";

    boolean isFor(PolicyFacts facts) {
        return match.holds(facts);
    }

    /// The outcome for a request that this policy is for.
    PolicyOutcome decide(PolicyFacts facts) {
        return switch (ruling) {
            case Ruling.Refuse(var reason) -> PolicyRule.REFUSED.refused(name, name, reason);
            case Ruling.Admit admit -> admit(admit, facts);
        };
    }

    private PolicyOutcome admit(Ruling.Admit admit, PolicyFacts facts) {
        if (facts.device() == DeviceKnowledge.BARRED) {
            return PolicyRule.BARRED.refused(name, name);
        }
        if (admit.attestationRequired() && !facts.attested()) {
            return PolicyRule.ATTESTATION.refused(name, name);
        }
        if (facts.device() != DeviceKnowledge.UNREGISTERED) {
            return admitted(admit, facts, null);
        }
        var entry = admit.unknownDevices();
        if (entry == null) {
            return PolicyRule.UNKNOWN_DEVICE.refused(name, name, facts.deviceId());
        }
        int characters = entry.ocppIdentityOf(facts.deviceId()).length();
        if (characters > Entry.LONGEST_OCPP_IDENTITY) {
            return PolicyRule.OCPP_IDENTITY.refused(name, name, facts.deviceId(), Integer.toString(characters));
        }
        return admitted(admit, facts, entry.admission(facts, facts.approver() != null));
    }

    private PolicyOutcome admitted(Ruling.Admit admit, PolicyFacts facts, @Nullable Admission admission) {
        boolean quarantine =
                facts.device() == DeviceKnowledge.QUARANTINED || (admission != null && admission.quarantined());
        if (facts.approver() == null && (quarantine || admit.approval() != null)) {
            String reason = admit.approval() != null ? admit.approval() : IN_QUARANTINE;
            return new PolicyOutcome.Pending(name, reason, admit.approvalExpires(), admit.quotaPerHour(), admission);
        }
        return new PolicyOutcome.Allowed(name, admit.quotaPerHour(), admission);
    }
}
