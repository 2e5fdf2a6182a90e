package dev.evenroll.issuer.issuance;

import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.Profile;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A certificate prepared and admitted before the first real one, and thrown away: never signed, never written.
///
/// Finds a CA and a profile that do not fit each other before a device does, and spares the first device the loading of
/// the code.
public final class Rehearsal {

    private static final String ORGANIZATION = "rehearsal";

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
        return profiles.all().stream()
                .flatMap(profile -> problem(profile).stream())
                .findFirst();
    }

    private Optional<String> problem(Profile profile) {
        // All but RSA are made in a moment.
        var kind = profile.keys().stream()
                .filter(one -> one != KeyKind.RSA)
                .findFirst()
                .orElse(KeyKind.RSA);
        var key = Der.of(Keys.generate(kind).getPublic().getEncoded());
        return Stream.of(Assurance.values())
                .flatMap(assurance -> problem(profile, key, assurance).stream())
                .findFirst();
    }

    private Optional<String> problem(Profile profile, Der key, Assurance assurance) {
        var name = profile.isForResponders()
                ? RequestedResponder.PREFIX + ORGANIZATION
                : profile.subject().commonName().example();
        var preparation = profile.isForResponders()
                ? preparer.prepare(new RequestedResponder(name, authority.keyId(), key))
                : preparer.prepare(new AuthorizedEnrollment(name, profile.name(), ORGANIZATION, key, assurance));
        var failures = switch (preparation) {
            case Preparation.Refused refused -> refused.failures();
            case Preparation.Postponed(var reason) -> List.of(new Failure("authority", reason));
            case Preparation.Prepared prepared -> failures(name, profile, assurance, prepared);
        };
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of("The CA "
                        + authority
                                .certificate()
                                .certificate()
                                .getSubjectX500Principal()
                                .getName()
                        + " can not issue under the profile " + profile.name() + ": "
                        + sentence(failures));
    }

    /// Some of the messages are sentences already.
    private static String sentence(List<Failure> failures) {
        var words = failures.stream().map(Failure::message).collect(Collectors.joining("; "));
        return words.endsWith(".") ? words : words + ".";
    }

    private List<Failure> failures(String name, Profile profile, Assurance assurance, Preparation.Prepared prepared) {
        var enrollment = new PreparedEnrollment(
                name,
                profile.name(),
                authority.keyId(),
                prepared.certificate().serialNumber().hex(),
                prepared.certificate().tbsCertificate(),
                assurance,
                profile.isForResponders());
        return switch (issuer.admit(enrollment)) {
            case Admission.Admitted _ -> List.of();
            case Admission.Postponed(String reason) -> List.of(new Failure("authority", reason));
            case Admission.Abandoned abandoned -> abandoned.failures();
            case Admission.Rejected rejected -> rejected.failures();
        };
    }
}
