package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The verification of a requester's chain against the anchors that its operation needs.
///
/// @param manufacturers anchors of the manufacturers, each under the manufacturer's name: for
///     simpleenroll
/// @param issuingCa the CA whose certificates may be renewed: for simplereenroll
record RequesterVerification(TrustAnchors manufacturers, TrustAnchors issuingCa) {

    /// @param chain leaf first, not empty
    /// @param revoked the revoked certificates of the device that the request is for
    Requester verify(
            EnrollmentOperation operation, List<X509Certificate> chain, Predicate<CertificateId> revoked, Instant now) {
        return switch (operation) {
            case SIMPLE_ENROLL ->
                manufactured(chain, now)
                        .<Requester>map(trusted -> trusted)
                        .or(() -> certified(chain, revoked, now).map(Requester.Misplaced::new))
                        .orElseGet(() -> untrusted(
                                manufacturers,
                                chain,
                                now,
                                "enroll with the certificate of a manufacturer that this installation trusts"));
            case SIMPLE_REENROLL ->
                certified(chain, revoked, now)
                        .<Requester>map(trusted -> trusted)
                        .or(() -> manufactured(chain, now).map(Requester.Misplaced::new))
                        .orElseGet(() -> untrusted(
                                issuingCa,
                                chain,
                                now,
                                "renew with the device's present certificate, or enroll anew with its IDevID"));
            case UNRECOGNIZED -> new Requester.OfUnknownOperation();
        };
    }

    private Optional<Requester.Trusted> manufactured(List<X509Certificate> chain, Instant now) {
        return manufacturers.verify(chain, now) instanceof PathResult.Trusted trusted
                ? Optional.of(new Requester.Manufactured(chain.getFirst(), trusted.anchorName()))
                : Optional.empty();
    }

    private Optional<Requester.Trusted> certified(
            List<X509Certificate> chain, Predicate<CertificateId> revoked, Instant now) {
        var certificate = chain.getFirst();
        return issuingCa.verify(chain, now) instanceof PathResult.Trusted
                ? Optional.of(new Requester.Certified(
                        certificate,
                        CertificateId.find(certificate).filter(revoked).isPresent()))
                : Optional.empty();
    }

    /// Says why, of the leaf: it is the certificate that the device's owner knows. A root that the
    /// requester sent along would else be the one that is named, since it is where its chain ends.
    private static Requester untrusted(
            TrustAnchors anchors, List<X509Certificate> presented, Instant now, String advice) {
        var chain = withoutRoots(presented);
        var reason = anchors.verify(chain, now) instanceof PathResult.Untrusted(String why)
                ? why
                : "leads to no trust anchor";
        var leaf = chain.size() == 1 ? "" : "that of " + Certificates.subject(chain.getFirst()) + " is not trusted: ";
        return new Requester.Untrusted("requester certificate: " + leaf + reason + "; " + advice);
    }

    private static List<X509Certificate> withoutRoots(List<X509Certificate> presented) {
        var others = presented.stream()
                .skip(1)
                .filter(other -> !other.getSubjectX500Principal().equals(other.getIssuerX500Principal()));
        return Stream.concat(Stream.of(presented.getFirst()), others).toList();
    }
}
