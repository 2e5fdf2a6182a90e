package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.attestation.AttestedDevice;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.request.KeyRules;
import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.SubmissionReader.Reading;
import dev.evenroll.validator.validation.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The judgement of a request by all rules, whatever the enrollment model. Step 2 of the enrollment cycle.
///
/// Takes nothing from the gateway that it can check itself, and collects everything that is wrong, so that the
/// person who mends it does so once. The same submission under the same circumstances, policies and time gets the
/// same verdict. Safe for use by many threads.
public final class Judge {

    /// No policy overlooks for longer that a certificate has expired. What is known of certificates has to be kept so
    /// much longer.
    public static final Duration LONGEST_RENEWAL_GRACE = Duration.ofDays(365);

    private final RequesterVerification verification;
    private final Supplier<TrustAnchors> attestationKeys;
    private final Supplier<PolicySet> policies;
    private final ProfileRules profile;
    private final InstantSource clock;

    /// @param manufacturers the anchors of the manufacturers in force now, each named as
    ///     [dev.evenroll.pki.path.ManufacturerAnchor] says
    /// @param issuingCas the CAs in force whose certificates may be renewed
    /// @param registrationAuthorities the anchors of registration authorities in force now
    /// @param attestationKeys the anchors of the manufacturers' attestation keys in force now, named like those of
    ///     the manufacturers
    /// @param policies the just-in-time policies in force now
    public Judge(
            Supplier<TrustAnchors> manufacturers,
            Supplier<TrustAnchors> issuingCas,
            Supplier<TrustAnchors> registrationAuthorities,
            Supplier<TrustAnchors> attestationKeys,
            Supplier<PolicySet> policies,
            ProfileRules profile,
            InstantSource clock) {
        this.verification = new RequesterVerification(manufacturers, issuingCas, registrationAuthorities);
        this.attestationKeys = attestationKeys;
        this.policies = policies;
        this.profile = profile;
        this.clock = clock;
    }

    /// Judges a request by the facts of this moment.
    public Verdict judge(Submission submission, Circumstances circumstances) {
        return switch (SubmissionReader.read(submission)) {
            case Reading.Undecodable(List<Failure> failures) ->
                new Verdict.Refused(new Route(null, "", null), failures, failures, List.of());
            case Reading.Decoded decoded -> judge(enrollment(submission, decoded, circumstances));
        };
    }

    /// Whether [#judge] refuses the request in any case: because of the device's state, because the registration
    /// authority that asks does not speak for it now or is bound to other certificates, because it is a renewal
    /// whose certificate is revoked or of a former life, or because the requester's key is blocked. Cheap: no
    /// signature is verified.
    public boolean isBarred(Submission submission, Circumstances circumstances) {
        return Bars.bar(submission, circumstances, profile, verification);
    }

    /// Everything that a refusal by this judgement can say: its rows of the table of rules.
    public static List<RuleText> texts() {
        return Stream.of(SubmissionReader.texts(), Rules.texts())
                .flatMap(List::stream)
                .toList();
    }

    /// Everything that makes a request wait for a person.
    public static List<RuleText> reasonsToWait() {
        return Approval.TEXTS;
    }

    private EnrollmentCase enrollment(Submission submission, Reading.Decoded decoded, Circumstances circumstances) {
        var now = clock.instant();
        var inForce = policies.get();
        var grace = inForce.renewalGrace();
        var enrollment = new EnrollmentCase(
                submission,
                decoded.deviceId(),
                decoded.request(),
                decoded.extensions(),
                KeyRules.judge(decoded.request().subjectPublicKeyInfo(), profile.acceptedKeys()),
                verification.verify(submission, decoded.chain(), circumstances, now),
                circumstances,
                profile,
                grace.compareTo(LONGEST_RENEWAL_GRACE) > 0 ? LONGEST_RENEWAL_GRACE : grace,
                null,
                now);
        return enrollment.requester() instanceof Requester.Manufactured manufactured
                        && isForPolicies(enrollment, inForce)
                ? enrollment.with(JustInTime.decide(enrollment, manufactured, inForce, attestationKeys.get()))
                : enrollment;
    }

    /// Where nobody enrolls just in time, policies have nothing to say of a device that nobody has registered.
    private static boolean isForPolicies(EnrollmentCase enrollment, PolicySet inForce) {
        return enrollment.model() == EnrollmentModel.JUST_IN_TIME
                && !(inForce.policies().isEmpty() && enrollment.device() instanceof DeviceLife.Unregistered);
    }

    private Verdict judge(EnrollmentCase enrollment) {
        var failures = new ArrayList<Failure>();
        var told = new ArrayList<Failure>();
        for (var rule : Rules.ALL) {
            var found = rule.judge(enrollment);
            failures.addAll(found);
            told.addAll(rule.told(enrollment, found));
        }
        var route = route(enrollment);
        if (!failures.isEmpty()) {
            return new Verdict.Refused(route, failures, told, Alarms.of(enrollment, route.requester(), failures));
        }
        var admission =
                enrollment.justInTime() == null ? null : enrollment.justInTime().admission();
        return Approval.of(enrollment)
                .<Verdict>map(needed ->
                        new Verdict.Waiting(route, needed.reason(), needed.expiresAt(), admission, needed.quarantine()))
                .orElseGet(() -> accepted(enrollment, route));
    }

    private Verdict.Accepted accepted(EnrollmentCase enrollment, Route route) {
        var justInTime = enrollment.justInTime();
        // By DeviceMayEnroll a device that passes is registered, or is let in by a policy.
        var registration = enrollment.registration().orElseThrow();
        return new Verdict.Accepted(
                route,
                registration.owner(),
                enrollment.request().subjectPublicKeyInfo(),
                justInTime != null && justInTime.decided().outcome() instanceof PolicyOutcome.Allowed allowed
                        ? allowed.quotaPerHour()
                        : null,
                justInTime == null ? null : justInTime.admission(),
                enrollment.requester() instanceof Requester.Bearing,
                presentNotBefore(enrollment.requester()),
                enrollment.newKeyRequired(),
                registration.profile(),
                assurance(enrollment, registration));
    }

    /// What the request itself proves of its key, whoever vouches for the device. Where no policy has looked at the
    /// evidence, the manufacturer and the model are those that are registered.
    private Assurance assurance(EnrollmentCase enrollment, Registration registration) {
        var justInTime = enrollment.justInTime();
        var problems = justInTime == null
                ? JustInTime.attestation(
                        enrollment,
                        new AttestedDevice(
                                enrollment.deviceId().value(), registration.manufacturer(), registration.model()),
                        attestationKeys.get())
                : justInTime.attestation();
        return problems.isEmpty() ? Assurance.ATTESTED_KEY : Assurance.SOFTWARE_KEY;
    }

    private static @Nullable Instant presentNotBefore(Requester requester) {
        return requester instanceof Requester.Certified certified
                ? certified.certificate().getNotBefore().toInstant()
                : null;
    }

    private static Route route(EnrollmentCase enrollment) {
        var justInTime = enrollment.justInTime();
        return new Route(
                enrollment.model(), name(enrollment.requester()), justInTime == null ? null : justInTime.decided());
    }

    private static String name(Requester requester) {
        return switch (requester) {
            case Requester.Bearing(DeviceTokenView held, Set<TokenProblem> problems)
            when held != null && problems.stream().noneMatch(TokenProblem::ofAnother) -> "token of " + held.createdBy();
            case Requester.Bearing _ -> "token";
            case Requester.Trusted trusted -> Certificates.subject(trusted.certificate());
            case Requester.Registering registering -> Certificates.subject(registering.certificate());
            case Requester.Misplaced(Requester.Trusted trusted) -> Certificates.subject(trusted.certificate());
            case Requester.Untrusted _, Requester.OfUnknownOperation _ -> "";
        };
    }
}
