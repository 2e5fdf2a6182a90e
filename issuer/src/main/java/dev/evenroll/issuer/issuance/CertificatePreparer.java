package dev.evenroll.issuer.issuance;

import dev.evenroll.hsm.key.AuthorityCheck;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.TbsEncoding;
import dev.evenroll.pki.issuance.TbsTemplates;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.pki.request.AcceptedKeys;
import dev.evenroll.pki.request.KeyRules;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

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

    /// Prepares a certificate under a fresh serial number, or says everything that speaks against it.
    public Preparation prepare(AuthorizedEnrollment enrollment) {
        var failures = new ArrayList<Failure>();
        var profile = profiles.find(enrollment.profile(), enrollment.assurance());
        if (profile.isEmpty()) {
            failures.add(profiles.unknown(enrollment.profile()));
        }
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
                    enrollment,
                    profile.get(),
                    Subject.of(enrollment.deviceId(), enrollment.organization()));
        } catch (IllegalArgumentException e) {
            // Subject: the device id was checked above, so this is about the organization.
            return new Preparation.Refused(List.of(new Failure("subject", String.valueOf(e.getMessage()))));
        }
    }

    private Preparation prepare(
            Authority authority, AuthorizedEnrollment enrollment, Profile profile, Subject subject) {
        var issuer = authority.certificate();
        var now = clock.instant();
        var prepared = CertificatePreparation.prepare(
                encoding,
                issuer,
                profile,
                subject,
                enrollment.subjectPublicKeyInfo(),
                SerialNumber.random(random),
                now);
        var failures = TbsLinter.lint(prepared.tbsCertificate(), issuer, profile, now);
        return failures.isEmpty()
                ? new Preparation.Prepared(prepared, authority.keyId())
                : new Preparation.Refused(failures);
    }
}
