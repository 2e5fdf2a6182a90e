package dev.evenroll.issuer.issuance;

import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.authority.Keys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A certificate prepared and admitted before the first real one, and thrown away: never signed, never written.
///
/// Finds a CA and a profile that do not fit each other before a device does, and spares the first device the loading of
/// the code.
public final class Rehearsal {

    private static final String DEVICE = "rehearsal";

    private final Authority authority;
    private final Profiles profiles;
    private final CertificatePreparer preparer;
    private final CertificateIssuer issuer;

    /// A rehearsal with one CA, as if it were the active one.
    public Rehearsal(Authority authority, Profiles profiles, InstantSource clock) {
        this.authority = authority;
        this.profiles = profiles;
        var only = Authorities.only(authority);
        this.preparer = new CertificatePreparer(only, profiles, new SecureRandom(), clock);
        this.issuer = new CertificateIssuer(only, profiles, clock);
    }

    /// Why a certificate of some profile could not be issued; empty when all could.
    public Optional<String> problem() {
        var key = Der.of(Keys.generateP256().getPublic().getEncoded());
        return profiles.names().stream()
                .flatMap(profile -> problem(profile, key).stream())
                .findFirst();
    }

    private Optional<String> problem(String profile, Der key) {
        var failures = switch (preparer.prepare(new AuthorizedEnrollment(DEVICE, profile, DEVICE, key))) {
            case Preparation.Refused refused -> refused.failures();
            case Preparation.Postponed(var reason) -> List.of(new Failure("authority", reason));
            case Preparation.Prepared prepared -> failures(profile, prepared);
        };
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of("The CA "
                        + authority
                                .certificate()
                                .certificate()
                                .getSubjectX500Principal()
                                .getName()
                        + " can not issue under the profile " + profile + ": "
                        + failures.stream().map(Failure::message).collect(Collectors.joining("; ")) + ".");
    }

    private List<Failure> failures(String profile, Preparation.Prepared prepared) {
        var enrollment = new PreparedEnrollment(
                DEVICE,
                profile,
                authority.keyId(),
                prepared.certificate().serialNumber().hex(),
                prepared.certificate().tbsCertificate());
        return switch (issuer.admit(enrollment)) {
            case Admission.Admitted _ -> List.of();
            case Admission.Abandoned abandoned -> abandoned.failures();
            case Admission.Rejected rejected -> rejected.failures();
        };
    }
}
