package dev.evenroll.issuer.issuance;

import dev.evenroll.hsm.key.AuthorityCheck;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// Step 5 of the enrollment cycle: admits a prepared certificate and signs it.
///
/// A prepared certificate is believed because only this service may write it, and looked at again all the same: what is
/// signed has passed every check on exactly the bytes that the key gets to see.
public final class CertificateIssuer {

    /// By so much the clock of who prepared may be ahead of the clock here, back-dating included.
    static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

    /// Those of the linter that measure by the profile alone.
    private static final Set<String> RULES_OF_PROFILES = Set.of(
            "jitter",
            "profile-subject",
            "profile-key",
            "key-usage",
            "extended-key-usage",
            "subject-alternative-name",
            "certificate-policies",
            "crl-distribution-point",
            "authority-information-access",
            "ocsp-nocheck");

    private final Authorities authorities;
    private final Profiles profiles;
    private final InstantSource clock;

    public CertificateIssuer(Authorities authorities, Profiles profiles, InstantSource clock) {
        this.authorities = authorities;
        this.profiles = profiles;
        this.clock = clock;
    }

    /// Checks that its CA is one of those here and valid now, that it passes the linter, and that it agrees with its
    /// record.
    ///
    /// | what is wrong | what becomes of it |
    /// |---|---|
    /// | the CA is not valid now; its notBefore comes within [#LONGEST_SKEW] | postponed |
    /// | its CA is given up; it has expired, or is not what the profile says | abandoned |
    /// | a responder asked, who asks again, and it can not be signed now | abandoned |
    /// | anything else | rejected: nobody who may write the record writes such a one |
    public Admission admit(PreparedEnrollment prepared) {
        var admission = judge(prepared);
        return admission instanceof Admission.Postponed(var reason) && prepared.forResponder()
                ? new Admission.Abandoned(List.of(new Failure("authority", reason)))
                : admission;
    }

    private Admission judge(PreparedEnrollment prepared) {
        var authority = authorities.ofKeyId(prepared.issuerKeyId());
        if (authority.isEmpty()) {
            return new Admission.Rejected(List.of(new Failure(
                    "issuer-key-id",
                    "issuerKeyId: " + prepared.issuerKeyId() + " is none of the CAs here, " + authorities.names()
                            + "; enroll again to get a certificate of the active one.")));
        }
        var invalid = new AuthorityCheck(authority.get().key(), authority.get().certificate(), clock).validityProblem();
        if (invalid.isPresent()) {
            return givenUp(authority.get()).orElseGet(() -> new Admission.Postponed(invalid.get()));
        }
        return profiles.find(prepared.profile(), prepared.assurance())
                .map(profile -> admit(authority.get(), prepared, profile, clock.instant()))
                .orElseGet(() -> new Admission.Abandoned(List.of(profiles.unknown(prepared.profile()))));
    }

    private Optional<Admission> givenUp(Authority authority) {
        return authorities
                .givenUp(authority)
                .map(lost -> new Admission.Abandoned(List.of(new Failure(
                        "issuer-key-id",
                        "issuerKeyId: " + lost + " Enroll again to get a certificate of the active CA."))));
    }

    private Optional<Admission> notNow(Authority authority, PreparedEnrollment prepared) {
        return prepared.forResponder()
                ? authorities
                        .outOfService(authority)
                        .map(reason -> new Admission.Abandoned(List.of(new Failure("authority", reason))))
                : Optional.empty();
    }

    private Admission admit(Authority authority, PreparedEnrollment prepared, Profile profile, Instant now) {
        if (profile.isForResponders() != prepared.forResponder()) {
            return new Admission.Rejected(List.of(new Failure(
                    "profile",
                    "profile: " + profile.name() + " is" + (profile.isForResponders() ? "" : " not")
                            + " for OCSP responders, and the record says otherwise; find out who wrote it.")));
        }
        var tbs = prepared.tbsCertificate();
        var failures = TbsLinter.lint(tbs, authority.certificate(), profile, now);
        boolean early = !failures.isEmpty()
                && TbsLinter.lint(tbs, authority.certificate(), profile, now.plus(LONGEST_SKEW))
                        .isEmpty();
        if (!early && !failures.stream().allMatch(failure -> mayHaveFitted(failure, tbs, authority, now))) {
            return new Admission.Rejected(failures);
        }
        // The linter can read the bytes: from here on they decode.
        var inside = TBSCertificate.getInstance(tbs.bytes());
        var disagreements = disagreements(prepared, inside);
        if (!disagreements.isEmpty()) {
            return new Admission.Rejected(disagreements);
        }
        if (early) {
            return new Admission.Postponed("The certificate of " + prepared.deviceId() + " is not valid before "
                    + inside.getStartDate().getDate().toInstant() + ", and the clock of this machine says " + now
                    + "; check the clock, it is signed then.");
        }
        return failures.isEmpty()
                ? givenUp(authority)
                        .or(() -> notNow(authority, prepared))
                        .orElseGet(() -> admitted(authority, tbs, inside))
                : new Admission.Abandoned(failures);
    }

    /// Whether a certificate that was in order when it was prepared can have this failure now: its time is over, or the
    /// file of profiles is another one.
    private static boolean mayHaveFitted(Failure failure, Der tbs, Authority authority, Instant now) {
        if (!failure.rule().equals("validity")) {
            return RULES_OF_PROFILES.contains(failure.rule());
        }
        try {
            var inside = TBSCertificate.getInstance(tbs.bytes());
            var notBefore = X509Time.decode(inside.getStartDate().toASN1Primitive(), "notBefore");
            var notAfter = X509Time.decode(inside.getEndDate().toASN1Primitive(), "notAfter");
            return notBefore.isBefore(notAfter)
                    && !notBefore.isAfter(now)
                    && !notAfter.isAfter(authority.certificate().notAfter());
        } catch (MalformedException e) {
            return false;
        }
    }

    private static Admission admitted(Authority authority, Der tbs, TBSCertificate inside) {
        return new Admission.Admitted(
                authority,
                tbs,
                inside.getStartDate().getDate().toInstant(),
                inside.getEndDate().getDate().toInstant());
    }

    private static List<Failure> disagreements(PreparedEnrollment prepared, TBSCertificate inside) {
        var failures = new ArrayList<Failure>();
        var serialNumber = CertificateId.hex(inside.getSerialNumber().getPositiveValue());
        if (!serialNumber.equals(prepared.serialNumber())) {
            failures.add(disagreement("serial-number", prepared.serialNumber(), serialNumber));
        }
        var commonName = commonName(inside);
        if (!commonName.equals(prepared.deviceId())) {
            failures.add(disagreement("device-id", prepared.deviceId(), commonName));
        }
        return failures;
    }

    private static Failure disagreement(String rule, String said, String found) {
        return new Failure(
                rule,
                rule + ": the record says " + said + ", the certificate inside " + found
                        + "; find out who wrote the record.");
    }

    private static String commonName(TBSCertificate inside) {
        var names = inside.getSubject().getRDNs(BCStyle.CN);
        return names.length == 1 && names[0].getFirst().getValue() instanceof ASN1String text ? text.getString() : "";
    }

    /// Signs what was admitted, and verifies the signature before the certificate leaves.
    ///
    /// @return the certificate, DER (RFC 5280 section 4.1)
    /// @throws SigningFaultException when no signature could be made, or when it does not verify
    public Der issue(Admission.Admitted admitted) throws SigningFaultException {
        var key = admitted.authority().key();
        byte[] signature = key.sign(admitted.tbsCertificate().bytes());
        try {
            return CertificateAssembly.assemble(
                    admitted.tbsCertificate(),
                    key.scheme(),
                    signature,
                    admitted.authority().certificate());
        } catch (WrongSignatureException e) {
            throw new SigningFaultException(
                    "The " + key.description() + " returned a wrong signature: " + e.getMessage() + ".", e);
        }
    }
}
