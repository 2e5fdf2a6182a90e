package dev.evenroll.issuer.issuance;

import dev.evenroll.hsm.key.AuthorityCheck;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.TbsEncoding;
import dev.evenroll.pki.issuance.TbsTemplates;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.pki.request.AcceptedKeys;
import dev.evenroll.pki.request.KeyRules;
import dev.evenroll.pki.request.SubjectAttribute;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Step 4 of the enrollment cycle: chooses CA and profile, draws a serial number, builds the certificate and lints it.
///
/// Needs no key. The profile decides everything but the key and what the registry says of the device; extensions that a
/// CSR asked for never come this far.
public final class CertificatePreparer {

    private final Authorities authorities;
    private final Profiles profiles;
    private final SecureRandom random;
    private final InstantSource clock;
    private final TbsEncoding encoding = new TbsTemplates();

    public CertificatePreparer(Authorities authorities, Profiles profiles, SecureRandom random, InstantSource clock) {
        this.authorities = authorities;
        this.profiles = profiles;
        this.random = random;
        this.clock = clock;
    }

    /// Prepares a certificate of the active CA under a fresh serial number, or says everything that speaks against it.
    ///
    /// Never that of an OCSP responder: who decides about devices does not decide who speaks for the CA.
    public Preparation prepare(AuthorizedEnrollment enrollment) {
        var failures = new ArrayList<Failure>();
        var profile = profiles.find(enrollment.profile(), enrollment.assurance());
        if (profile.isEmpty()) {
            failures.add(profiles.unknown(enrollment.profile()));
        }
        profile.filter(Profile::isForResponders).ifPresent(_ -> failures.add(Profiles.onlyForResponders(enrollment)));
        DeviceId.problemWith(enrollment.deviceId()).ifPresent(failures::add);
        // Without a profile the key is judged all the same, so that everything is said at once.
        var accepted = profile.map(AcceptedKeys::of).orElse(AcceptedKeys.STANDARD);
        failures.addAll(KeyRules.judge(enrollment.subjectPublicKeyInfo(), accepted));
        if (profile.isEmpty() || !failures.isEmpty()) {
            return new Preparation.Refused(failures);
        }
        var issuer = authorities.active();
        if (issuer.isEmpty()) {
            return new Preparation.Postponed("No CA is active now, of " + authorities.names()
                    + "; set active-from of one of them, or wait for it.");
        }
        var invalid = new AuthorityCheck(issuer.get().key(), issuer.get().certificate(), clock).validityProblem();
        if (invalid.isPresent()) {
            return new Preparation.Postponed(invalid.get());
        }
        try {
            return prepare(
                    issuer.get(),
                    enrollment.subjectPublicKeyInfo(),
                    profile.get(),
                    Subject.of(enrollment.deviceId(), enrollment.organization()));
        } catch (IllegalArgumentException e) {
            // Subject: the device id was checked above, so this is about the organization.
            return new Preparation.Refused(List.of(new Failure("subject", String.valueOf(e.getMessage()))));
        }
    }

    /// Prepares the certificate of an OCSP responder, by the CA that it answers for (RFC 6960 section 4.2.2.2), or says
    /// what speaks against it. Nothing of it waits: a responder without a certificate asks again.
    ///
    /// The organization is that of the CA: nobody else speaks here.
    public Preparation prepare(RequestedResponder responder) {
        var authority = authorities.ofKeyId(responder.issuerKeyId());
        if (authority.isEmpty()) {
            return refused(
                    "issuer-key-id",
                    "issuerKeyId: " + responder.issuerKeyId() + " is none of the CAs here, " + authorities.names()
                            + "; give revocation-service the same directory of CAs");
        }
        var profile = profiles.ofResponder();
        if (profile.isEmpty()) {
            return refused(
                    "profile",
                    "profile: none of " + profiles.names()
                            + " has the extended key usage ocspSigning and ocspNocheck; add one like the built-in"
                            + " ocsp-responder");
        }
        var unusable = new AuthorityCheck(authority.get().key(), authority.get().certificate(), clock)
                .validityProblem()
                .or(() -> authorities.outOfService(authority.get()));
        if (unusable.isPresent()) {
            return refused("authority", unusable.get());
        }
        var key = responder.subjectPublicKeyInfo();
        var failures = KeyRules.judge(key, AcceptedKeys.of(profile.get()));
        return failures.isEmpty()
                ? prepare(
                        authority.get(),
                        key,
                        profile.get(),
                        new Subject(
                                responder.name(), organization(authority.get().certificate())))
                : new Preparation.Refused(failures);
    }

    private static Optional<String> organization(IssuingCertificate issuer) {
        var attributes = SubjectAttribute.of(issuer.subject());
        return SubjectAttribute.only(attributes, SubjectAttribute.ORGANIZATION)
                .or(() -> SubjectAttribute.only(attributes, SubjectAttribute.COMMON_NAME));
    }

    private static Preparation.Refused refused(String rule, String message) {
        return new Preparation.Refused(List.of(new Failure(rule, message)));
    }

    private Preparation prepare(Authority authority, Der subjectPublicKeyInfo, Profile profile, Subject subject) {
        var issuer = authority.certificate();
        var now = clock.instant();
        var prepared = CertificatePreparation.prepare(
                encoding, issuer, profile, subject, subjectPublicKeyInfo, SerialNumber.random(random), now);
        var failures = TbsLinter.lint(prepared.tbsCertificate(), issuer, profile, now);
        return failures.isEmpty()
                ? new Preparation.Prepared(prepared, authority.keyId(), profile.name())
                : new Preparation.Refused(failures);
    }
}
