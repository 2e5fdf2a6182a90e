package dev.evenroll.validator.streams;

import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.PolicyDecision;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.Decided;
import org.jspecify.annotations.Nullable;

/// Decisions of the just-in-time policies as Avro records, with everything that they were made of.
final class PolicyDecisions {

    private PolicyDecisions() {}

    /// @param device what the registry held of the device when it was decided
    static PolicyDecision toRecord(Decided decided, DeviceLife device) {
        var facts = decided.facts();
        return PolicyDecision.newBuilder()
                .setPolicy(decided.outcome().policy())
                .setVersion(decided.version())
                .setDecision(word(decided.outcome()))
                .setManufacturer(facts.manufacturer())
                .setModel(facts.model())
                .setDeviceState(state(device))
                .setRemoteAddress(facts.remoteAddress())
                .setDecidedAt(facts.at())
                .setAttested(facts.attested())
                .build();
    }

    private static String word(PolicyOutcome outcome) {
        return switch (outcome) {
            case PolicyOutcome.Allowed _ -> "allowed";
            case PolicyOutcome.Pending _ -> "pending";
            case PolicyOutcome.Refused _ -> "refused";
        };
    }

    private static @Nullable DeviceState state(DeviceLife device) {
        return switch (device) {
            case DeviceLife.Unregistered _ -> null;
            case DeviceLife.Registered _ -> DeviceState.REGISTERED;
            case DeviceLife.Enrolled _ -> DeviceState.ENROLLED;
            case DeviceLife.Suspended _ -> DeviceState.SUSPENDED;
            case DeviceLife.Quarantined _ -> DeviceState.QUARANTINED;
            case DeviceLife.Decommissioned _ -> DeviceState.DECOMMISSIONED;
            case DeviceLife.Unrecognized _ -> DeviceState.UNKNOWN;
        };
    }
}
