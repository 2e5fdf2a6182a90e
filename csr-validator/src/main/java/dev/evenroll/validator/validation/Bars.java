package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.rule.DeviceMayEnroll;
import java.security.cert.X509Certificate;

/// What bars a request whatever else it says, told by facts that change: no signature is verified for it.
///
/// What is barred, the rules refuse. What is not, they may refuse all the same.
final class Bars {

    private Bars() {}

    static boolean bar(Submission submission, Circumstances circumstances, ProfileRules profile) {
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
                    || isSpokenForByNobody(requester, circumstances);
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
    private static boolean isSpokenForByNobody(X509Certificate requester, Circumstances circumstances) {
        return Certificates.isRegistrationAuthority(requester)
                && EnrollmentCase.commonName(requester)
                        .flatMap(circumstances.authorities())
                        .filter(authority -> speaksFor(authority, circumstances.device()))
                        .isEmpty();
    }

    private static boolean speaksFor(Authority authority, DeviceLife device) {
        return authority.active()
                && device instanceof DeviceLife.Known known
                && authority.covers(known.entry().registration());
    }
}
