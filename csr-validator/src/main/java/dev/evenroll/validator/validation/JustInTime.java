package dev.evenroll.validator.validation;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.attestation.AttestedDevice;
import dev.evenroll.pki.attestation.KeyAttestation;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.policy.Admission;
import dev.evenroll.policy.DeviceKnowledge;
import dev.evenroll.policy.PolicyFacts;
import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the just-in-time policies say of a case.
///
/// @param decided the decision
/// @param attestation why the key does not count as attested; empty when it does
/// @param admission how they enter a device that is not registered; null when they do not
/// @param registered the same as a registration; null when they do not, or when it can not be one
/// @param problem why the admission can not be a registration; null when it can
public record JustInTime(
        Decided decided,
        List<Failure> attestation,
        @Nullable Admission admission,
        @Nullable Registration registered,
        @Nullable String problem) {

    public JustInTime {
        attestation = List.copyOf(attestation);
    }

    /// The decision of a set of policies about a case that is to be decided by them.
    ///
    /// Evidence is judged whether a policy asks for it or not: the decision can then be made again under another.
    ///
    /// @param attestationKeys anchors of the manufacturers' attestation keys
    static JustInTime decide(
            EnrollmentCase enrollment,
            Requester.Manufactured requester,
            PolicySet policies,
            TrustAnchors attestationKeys) {
        var registration = enrollment.registration();
        var device = new AttestedDevice(
                enrollment.deviceId().value(),
                manufacturer(requester.anchors(), registration),
                registration.map(Registration::model).orElseGet(() -> model(requester.anchors())));
        var attestation = attestation(enrollment, device, attestationKeys);
        var facts = facts(enrollment, device, attestation.isEmpty());
        var decided = new Decided(facts, policies.decide(facts), policies.version());
        var admission = facts.device() == DeviceKnowledge.UNREGISTERED ? admission(decided.outcome()) : null;
        if (admission == null) {
            return new JustInTime(decided, attestation, null, null, null);
        }
        try {
            return new JustInTime(decided, attestation, admission, registration(decided, admission), null);
        } catch (IllegalArgumentException e) {
            return new JustInTime(decided, attestation, admission, null, String.valueOf(e.getMessage()));
        }
    }

    /// Why the key of a request does not count as attested; empty when it does.
    static List<Failure> attestation(EnrollmentCase enrollment, AttestedDevice device, TrustAnchors attestationKeys) {
        var blockedKeys = new BlockedKeys(enrollment.profile(), enrollment.circumstances());
        return KeyAttestation.problems(
                enrollment.request(), device, attestationKeys, blockedKeys::contains, enrollment.now());
    }

    /// The registration of a device that a policy lets in.
    ///
    /// @throws IllegalArgumentException when it can not be one, with every reason; never for an admission of an
    ///     accepted or waiting [Verdict]
    public static Registration registration(Decided decided, Admission admission) {
        return new Registration(
                decided.facts().manufacturer(),
                admission.model(),
                admission.ocppIdentity(),
                admission.owner(),
                admission.site(),
                Set.of(EnrollmentModel.JUST_IN_TIME),
                null,
                null,
                admission.profile());
    }

    /// How the device would be registered; empty when it would not.
    public Optional<Registration> registration() {
        return Optional.ofNullable(registered);
    }

    private static @Nullable Admission admission(PolicyOutcome outcome) {
        return switch (outcome) {
            case PolicyOutcome.Allowed allowed -> allowed.admission();
            case PolicyOutcome.Pending pending -> pending.admission();
            case PolicyOutcome.Refused _ -> null;
        };
    }

    private static PolicyFacts facts(EnrollmentCase enrollment, AttestedDevice device, boolean attested) {
        return new PolicyFacts(
                device.serialNumber(),
                device.manufacturer(),
                device.model(),
                knowledge(enrollment.device()),
                enrollment.submission().remoteAddress(),
                enrollment.now(),
                attested,
                enrollment.circumstances().approver());
    }

    /// The manufacturer that is registered, when the anchor vouches for it; else the first that it vouches for.
    private static String manufacturer(List<ManufacturerAnchor> anchors, Optional<Registration> registration) {
        return registration
                .map(Registration::manufacturer)
                .filter(registered -> anchors.stream()
                        .anyMatch(anchor -> anchor.manufacturer().equals(registered)))
                .orElseGet(() -> anchors.getFirst().manufacturer());
    }

    /// The model that the anchor is for, when it is for one alone.
    private static @Nullable String model(List<ManufacturerAnchor> anchors) {
        var models = anchors.stream()
                .map(anchor -> Objects.requireNonNullElse(anchor.model(), ""))
                .collect(Collectors.toSet());
        var only = models.iterator().next();
        return models.size() == 1 && !only.isEmpty() ? only : null;
    }

    private static DeviceKnowledge knowledge(DeviceLife device) {
        return switch (device) {
            case DeviceLife.Unregistered _ -> DeviceKnowledge.UNREGISTERED;
            case DeviceLife.Registered _, DeviceLife.Enrolled _ -> DeviceKnowledge.ACTIVE;
            case DeviceLife.Quarantined _ -> DeviceKnowledge.QUARANTINED;
            case DeviceLife.Suspended _, DeviceLife.Decommissioned _, DeviceLife.Unrecognized _ ->
                DeviceKnowledge.BARRED;
        };
    }
}
