package dev.evenroll.validator.validation;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.SubmissionReader.Reading;
import dev.evenroll.validator.validation.rule.DeviceMayEnroll;
import dev.evenroll.validator.validation.rule.EnrollmentIdIsGenuine;
import dev.evenroll.validator.validation.rule.IdevidManufacturer;
import dev.evenroll.validator.validation.rule.IdevidSerialNumber;
import dev.evenroll.validator.validation.rule.KeyStrength;
import dev.evenroll.validator.validation.rule.ProofOfPossession;
import dev.evenroll.validator.validation.rule.RenewalNewKey;
import dev.evenroll.validator.validation.rule.RenewalOfOwnCertificate;
import dev.evenroll.validator.validation.rule.RenewalRevoked;
import dev.evenroll.validator.validation.rule.RenewalSubject;
import dev.evenroll.validator.validation.rule.Rule;
import dev.evenroll.validator.validation.rule.SubjectAttributes;
import dev.evenroll.validator.validation.rule.SubjectCommonName;
import dev.evenroll.validator.validation.rule.SubjectOrganization;
import dev.evenroll.validator.validation.rule.TrustedRequester;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The judgement of a request by all rules. Step 2 of the enrollment cycle.
///
/// Takes nothing from the gateway that it can check itself, and collects everything that is wrong, so
/// that the person who mends it does so once. Safe for use by many threads.
public final class Judge {

    private static final List<Rule> RULES = List.of(
            new EnrollmentIdIsGenuine(),
            new TrustedRequester(),
            new DeviceMayEnroll(),
            new IdevidSerialNumber(),
            new IdevidManufacturer(),
            new RenewalOfOwnCertificate(),
            new RenewalRevoked(),
            new RenewalSubject(),
            new RenewalNewKey(),
            new SubjectCommonName(),
            new SubjectOrganization(),
            new SubjectAttributes(),
            new ProofOfPossession(),
            new KeyStrength());

    private final SubmissionReader reader;
    private final InstantSource clock;

    /// @param manufacturers the anchors of the manufacturers, each under the manufacturer's name
    /// @param issuingCa the CA whose certificates may be renewed
    public Judge(TrustAnchors manufacturers, TrustAnchors issuingCa, InstantSource clock) {
        this.reader = new SubmissionReader(new RequesterVerification(manufacturers, issuingCa));
        this.clock = clock;
    }

    /// Judges a request by the facts of this moment.
    ///
    /// @param device what the registry holds of the device that the request is for
    /// @param revoked the revoked certificates of that device
    public Verdict judge(Submission submission, DeviceLife device, Predicate<CertificateId> revoked) {
        return switch (reader.read(submission, device, revoked, clock.instant())) {
            case Reading.Undecodable(List<Failure> failures) -> new Verdict.Refused(failures, failures);
            case Reading.Decoded(EnrollmentCase enrollment) -> judge(enrollment);
        };
    }

    /// Whether this is a renewal whose certificate is revoked: one that [#judge] refuses in any case.
    public boolean isRenewalWithRevoked(Submission submission, Predicate<CertificateId> revoked) {
        return reader.isRenewalWithRevoked(submission, revoked);
    }

    private static Verdict judge(EnrollmentCase enrollment) {
        var failures = findings(RULES.stream(), enrollment);
        // The first condition follows from the second by DeviceMayEnroll; the type makes it impossible to forget.
        return enrollment.device() instanceof DeviceLife.Known known && failures.isEmpty()
                ? new Verdict.Accepted(
                        known.entry().registration().owner(),
                        enrollment.request().subjectPublicKeyInfo())
                : new Verdict.Refused(
                        failures,
                        findings(RULES.stream().filter(rule -> rule.mayBeToldToRequester(enrollment)), enrollment));
    }

    private static List<Failure> findings(Stream<Rule> rules, EnrollmentCase enrollment) {
        return rules.flatMap(rule -> rule.judge(enrollment).stream()).toList();
    }
}
