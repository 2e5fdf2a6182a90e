package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.rule.DeviceMayEnroll;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;

/// What bars a request whatever else it says, told by facts that change: no signature is verified for it.
///
/// What is barred, the rules refuse. What is not, they may refuse all the same.
final class Bars {

    private Bars() {}

    static boolean bar(
            Submission submission,
            Circumstances circumstances,
            ProfileRules profile,
            RequesterVerification verification) {
        if (DeviceMayEnroll.bars(circumstances.device())) {
            return true;
        }
        if (submission.tokenSha256() != null || submission.requesterChain().isEmpty()) {
            return false;
        }
        try {
            var requester = Certificates.decode(submission.requesterChain().getFirst());
            return new BlockedKeys(profile, circumstances).isIn(requester)
                    || isRenewalWithDead(submission, requester, circumstances.certificates())
                    || isSpokenForByNobody(submission, requester, circumstances, verification);
        } catch (MalformedException e) {
            // The rules will say so.
            return false;
        }
    }

    /// With a certificate that is revoked, or was issued before the device began anew.
    private static boolean isRenewalWithDead(
            Submission submission, X509Certificate present, DeviceCertificates certificates) {
        return submission.operation() == EnrollmentOperation.SIMPLE_REENROLL
                && CertificateId.find(present)
                        .filter(id -> certificates.isRevoked(id) || certificates.isOfFormerLife(id))
                        .isPresent();
    }

    /// Asked for by a registration authority that does not speak for the device, or not any more.
    private static boolean isSpokenForByNobody(
            Submission submission,
            X509Certificate requester,
            Circumstances circumstances,
            RequesterVerification verification) {
        return Certificates.isRegistrationAuthority(requester)
                && !submission.isRenewalOf(requester)
                && EnrollmentCase.commonName(requester)
                        .flatMap(circumstances.authorities())
                        .filter(authority -> speaksFor(authority, circumstances.device()))
                        .filter(authority -> mayBeOf(authority.binding(), requester, submission, verification))
                        .isEmpty();
    }

    /// Whether a certificate may be one of the authority's, by the names of the CAs above it.
    private static boolean mayBeOf(
            AuthorityBinding binding,
            X509Certificate requester,
            Submission submission,
            RequesterVerification verification) {
        if (binding.isNone()) {
            return verification.hasOneAuthorityCa();
        }
        var presented = submission.requesterChain().stream()
                .flatMap(certificate -> decoded(certificate).stream())
                .toList();
        return binding.admits(requester)
                && binding.admitsIssuers(
                        Stream.concat(presented.stream().skip(1), verification.anchorsNamedBy(presented))
                                .toList());
    }

    private static Optional<X509Certificate> decoded(Der certificate) {
        try {
            return Optional.of(Certificates.decode(certificate));
        } catch (MalformedException e) {
            // The rules will say so.
            return Optional.empty();
        }
    }

    private static boolean speaksFor(Authority authority, DeviceLife device) {
        return authority.active()
                && device instanceof DeviceLife.Known known
                && authority.covers(known.entry().registration());
    }
}
