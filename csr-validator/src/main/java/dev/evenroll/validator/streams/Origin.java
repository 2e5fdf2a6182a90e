package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.PolicyDecision;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.Route;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the events of a decision say of the request: the way that it took, and who is behind it.
///
/// @param model way that the request took
/// @param policy what the just-in-time policies decided; null when none had to
/// @param requester who asked; empty when nobody was recognised
/// @param approver who approved it; null when nobody had to, or has
record Origin(
        EnrollmentModel model,
        @Nullable PolicyDecision policy,
        String requester,
        @Nullable String approver) {

    /// That of a request that the rules have judged.
    ///
    /// @param device what the registry held of the device then
    static Origin of(Route route, DeviceLife device, @Nullable String approver) {
        var policy = route.policy() == null ? null : PolicyDecisions.toRecord(route.policy(), device);
        return new Origin(model(route.model()), policy, route.requester(), approver);
    }

    static Origin of(KeyClaimRequested claim) {
        return new Origin(claim.getModel(), claim.getPolicy(), claim.getRequester(), claim.getApprover());
    }

    static Origin of(PendingEnrollment pending) {
        return new Origin(pending.getModel(), pending.getPolicy(), pending.getRequester(), null);
    }

    /// The policy's name for a metric: `none` when none decided, or none matched.
    String policyName() {
        var name = policy == null ? "" : policy.getPolicy();
        return name.isEmpty() ? "none" : name;
    }

    private static EnrollmentModel model(dev.evenroll.validator.registry.@Nullable EnrollmentModel model) {
        return EnrollmentModel.valueOf(Objects.toString(model, EnrollmentModel.UNKNOWN.name()));
    }
}
