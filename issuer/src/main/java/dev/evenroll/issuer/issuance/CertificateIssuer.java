package dev.evenroll.issuer.issuance;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.lint.TbsLinter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// Step 5 of the enrollment cycle: admits a prepared certificate and signs it.
///
/// A prepared certificate is believed because only this service may write it, and looked at again all the same: what is
/// signed has passed every check on exactly the bytes that the key gets to see.
public final class CertificateIssuer {

    private final Authorities authorities;
    private final Profiles profiles;
    private final InstantSource clock;

    public CertificateIssuer(Authorities authorities, Profiles profiles, InstantSource clock) {
        this.authorities = authorities;
        this.profiles = profiles;
        this.clock = clock;
    }

    /// Checks that its CA is one of those here, that it passes the linter, and that it agrees with its record.
    public Admission admit(PreparedEnrollment prepared) {
        var authority = authorities.ofKeyId(prepared.issuerKeyId());
        if (authority.isEmpty()) {
            return new Admission.Rejected(List.of(new Failure(
                    "issuer-key-id",
                    "issuerKeyId: " + prepared.issuerKeyId() + " is none of the CAs here, " + authorities.names()
                            + "; enroll again to get a certificate of the active one.")));
        }
        return admit(authority.get(), prepared);
    }

    private Admission admit(Authority authority, PreparedEnrollment prepared) {
        var failures = new ArrayList<Failure>();
        profiles.find(prepared.profile(), prepared.assurance())
                .ifPresentOrElse(
                        profile -> failures.addAll(TbsLinter.lint(
                                prepared.tbsCertificate(), authority.certificate(), profile, clock.instant())),
                        () -> failures.add(profiles.unknown(prepared.profile())));
        if (!failures.isEmpty()) {
            return new Admission.Rejected(failures);
        }
        var lost = authorities.givenUp(authority);
        if (lost.isPresent()) {
            return new Admission.Abandoned(List.of(new Failure(
                    "issuer-key-id",
                    "issuerKeyId: " + lost.get() + " Enroll again to get a certificate of the active CA.")));
        }
        // The linter has accepted the bytes: from here on they decode.
        return admit(
                authority,
                prepared,
                TBSCertificate.getInstance(prepared.tbsCertificate().bytes()));
    }

    private static Admission admit(Authority authority, PreparedEnrollment prepared, TBSCertificate inside) {
        var failures = new ArrayList<Failure>();
        var serialNumber = CertificateId.hex(inside.getSerialNumber().getPositiveValue());
        if (!serialNumber.equals(prepared.serialNumber())) {
            failures.add(disagreement("serial-number", prepared.serialNumber(), serialNumber));
        }
        var commonName = commonName(inside);
        if (!commonName.equals(prepared.deviceId())) {
            failures.add(disagreement("device-id", prepared.deviceId(), commonName));
        }
        return failures.isEmpty()
                ? new Admission.Admitted(
                        authority,
                        prepared.tbsCertificate(),
                        inside.getStartDate().getDate().toInstant(),
                        inside.getEndDate().getDate().toInstant())
                : new Admission.Rejected(failures);
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
