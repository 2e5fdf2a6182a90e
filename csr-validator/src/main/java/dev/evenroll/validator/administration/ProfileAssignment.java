package dev.evenroll.validator.administration;

import dev.evenroll.pki.profile.Assigner;
import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.registry.Registration;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who may have devices certified under which certificate profile: callers with every role that the profile names
/// (docs/PROFILES.md, `assignedBy`).
///
/// It counts whatever of the device is described, and when a token is made for it: who chooses the manufacturer, the
/// fingerprints or the token of a device that speaks for others chooses who speaks.
@Singleton
final class ProfileAssignment {

    private static final String PROFILE = "profile";

    private final Profiles profiles;
    private final RefusedCalls refusedCalls;

    ProfileAssignment(Profiles profiles, RefusedCalls refusedCalls) {
        this.profiles = profiles;
        this.refusedCalls = refusedCalls;
    }

    /// Refuses who lacks a role for the profile of a device, and reports it.
    ///
    /// @throws CallRefusedException with the profile and the role that is missing
    void check(Registration registration, Call call) throws CallRefusedException {
        var problem = problem(registration, call);
        if (problem.isPresent()) {
            report(call);
            throw new CallRefusedException(
                    Response.Status.FORBIDDEN,
                    "The token does not have a role that this call needs: "
                            + problem.get().sentence() + ".",
                    List.of(problem.get()));
        }
    }

    /// What keeps the caller from entering such a device; empty when nothing does. Nothing is reported.
    Optional<FieldProblem> problem(Registration registration, Call call) {
        var profile = registration.profile();
        // Whoever comes here without being a registrar has another role that the call takes.
        var missing = profiles.assignersOf(profile).stream()
                .filter(assigner -> assigner != Assigner.REGISTRAR)
                .map(Assigner::text)
                .filter(role -> !call.hasRole(role))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new FieldProblem(
                        PROFILE,
                        "is " + profile + ", whose certificates are given by people with the role " + missing
                                + " only; have it given to you, have somebody do it who has it, or give another "
                                + "profile"));
    }

    /// Reports that a call was refused for want of a role.
    void report(Call call) {
        refusedCalls.forbidden(call.actor(), call.remoteAddress(), call.summary());
    }
}
