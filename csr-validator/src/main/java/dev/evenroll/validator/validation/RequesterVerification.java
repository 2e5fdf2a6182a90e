package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.SubjectAttribute;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The verification of a requester's chain against the anchors that its kind and its operation need.
///
/// A certificate for id-kp-cmcRA speaks for devices, but for one case: where it asks to renew the very device that it
/// names, and one of our issuing CAs has issued it, it is that device's present certificate.
///
/// @param manufacturers anchors of the manufacturers, each named as [ManufacturerAnchor] says: for simpleenroll
/// @param issuingCas the CAs whose certificates may be renewed: for simplereenroll
/// @param registrationAuthorities anchors of registration authorities; those of our issuing CAs count as well
record RequesterVerification(
        Supplier<TrustAnchors> manufacturers,
        Supplier<TrustAnchors> issuingCas,
        Supplier<TrustAnchors> registrationAuthorities) {

    /// @param chain leaf first; empty only when there is a token
    Requester verify(Submission submission, List<X509Certificate> chain, Circumstances circumstances, Instant now) {
        var token = submission.tokenSha256();
        if (submission.operation() == EnrollmentOperation.UNRECOGNIZED) {
            return new Requester.OfUnknownOperation();
        }
        if (token != null) {
            return TokenVerification.verify(token, circumstances.token(), now);
        }
        if (!Certificates.isRegistrationAuthority(chain.getFirst())) {
            return device(submission.operation(), chain, circumstances.certificates(), now);
        }
        return submission.isRenewalOf(chain.getFirst())
                ? present(chain, circumstances.certificates(), now)
                        .<Requester>map(trusted -> trusted)
                        .orElseGet(() -> registering(chain, circumstances, now))
                : registering(chain, circumstances, now);
    }

    private Requester device(
            EnrollmentOperation operation, List<X509Certificate> chain, DeviceCertificates known, Instant now) {
        var anchors = manufacturers.get();
        return operation == EnrollmentOperation.SIMPLE_ENROLL
                ? manufactured(anchors, chain, now)
                        .<Requester>map(trusted -> trusted)
                        .or(() -> certified(chain, known, now).map(Requester.Misplaced::new))
                        .orElseGet(() -> untrusted(
                                anchors,
                                chain,
                                now,
                                "enroll with the certificate of a manufacturer that this installation trusts"))
                : present(chain, known, now)
                        .<Requester>map(trusted -> trusted)
                        .or(() -> manufactured(anchors, chain, now).map(Requester.Misplaced::new))
                        .orElseGet(() -> untrusted(
                                issuingCas.get(),
                                chain,
                                now,
                                "renew with the device's present certificate, or enroll anew with its IDevID"));
    }

    private Requester registering(List<X509Certificate> chain, Circumstances circumstances, Instant now) {
        var leaf = chain.getFirst();
        var anchors = registrationAuthorities.get();
        var trusted = trusted(anchors, chain, now).or(() -> trusted(issuingCas.get(), chain, now));
        if (trusted.isEmpty()) {
            return untrusted(
                    anchors.isEmpty() ? issuingCas.get() : anchors,
                    chain,
                    now,
                    "ask with the certificate of a registration authority that this installation trusts");
        }
        var path = trusted.get();
        var name = SubjectAttribute.only(SubjectAttribute.of(leaf), SubjectAttribute.COMMON_NAME);
        return new Requester.Registering(
                leaf,
                Stream.concat(path.path().stream().skip(1), Stream.of(path.anchor()))
                        .toList(),
                anchors.isEmpty()
                        || (hasOneAuthorityCa()
                                && !anchors.namesOf(path.anchor()).isEmpty()),
                name.orElse(""),
                name.flatMap(circumstances.authorities()).orElse(null));
    }

    /// Whether the certificates of one CA alone are trusted as those of registration authorities. What stands under
    /// one name is one CA, which may be going over to its next certificate; our issuing CAs are one where there is
    /// no other.
    boolean hasOneAuthorityCa() {
        return registrationAuthorities.get().names().size() <= 1;
    }

    /// The anchors of registration authorities that may stand above one of some certificates, by its name for its
    /// issuer: no signature is verified.
    Stream<X509Certificate> anchorsNamedBy(List<X509Certificate> presented) {
        return Stream.of(registrationAuthorities.get(), issuingCas.get())
                .flatMap(anchors -> anchors.certificates().stream())
                .filter(anchor -> presented.stream()
                        .anyMatch(one -> one.getIssuerX500Principal().equals(anchor.getSubjectX500Principal())));
    }

    private static Optional<PathResult.Trusted> trusted(
            TrustAnchors anchors, List<X509Certificate> chain, Instant now) {
        return anchors.verify(chain, now) instanceof PathResult.Trusted trusted
                ? Optional.of(trusted)
                : Optional.empty();
    }

    private static Optional<Requester.Trusted> manufactured(
            TrustAnchors anchors, List<X509Certificate> chain, Instant now) {
        return anchors.verify(chain, now) instanceof PathResult.Trusted trusted
                ? Optional.of(new Requester.Manufactured(
                        chain.getFirst(),
                        anchors.namesOf(trusted.anchor()).stream()
                                .map(ManufacturerAnchor::of)
                                .toList()))
                : Optional.empty();
    }

    /// The certificate of ours that a device renews with.
    private Optional<Requester.Trusted> present(List<X509Certificate> chain, DeviceCertificates known, Instant now) {
        return certified(chain, known, now).or(() -> expired(chain, known, now));
    }

    private Optional<Requester.Trusted> certified(List<X509Certificate> chain, DeviceCertificates known, Instant now) {
        var leaf = chain.getFirst();
        return isTrusted(issuingCas.get(), chain, now) ? Optional.of(certified(leaf, known, false)) : Optional.empty();
    }

    /// A certificate of ours that has expired: nothing but its own end is overlooked. Its chain is judged as it was
    /// then, and the CA must still be good now; how long the end may be past is the rules' to say.
    private Optional<Requester.Trusted> expired(List<X509Certificate> chain, DeviceCertificates known, Instant now) {
        var leaf = chain.getFirst();
        var end = leaf.getNotAfter().toInstant();
        return now.isAfter(end)
                        && issuingCas.get().verify(chain, end) instanceof PathResult.Trusted trusted
                        && !now.isAfter(trusted.anchor().getNotAfter().toInstant())
                ? Optional.of(certified(leaf, known, true))
                : Optional.empty();
    }

    private static boolean isTrusted(TrustAnchors anchors, List<X509Certificate> chain, Instant now) {
        return anchors.verify(chain, now) instanceof PathResult.Trusted;
    }

    private static Requester.Certified certified(X509Certificate leaf, DeviceCertificates known, boolean expired) {
        var id = CertificateId.find(leaf);
        return new Requester.Certified(
                leaf,
                id.filter(known::isRevoked).isPresent(),
                id.filter(known::isOfFormerLife).isPresent(),
                expired);
    }

    /// Says why, of the leaf: it is the certificate that the device's owner knows. A root that the requester sent
    /// along would else be the one that is named, since it is where its chain ends.
    private static Requester untrusted(
            TrustAnchors anchors, List<X509Certificate> presented, Instant now, String advice) {
        var chain = withoutRoots(presented);
        var problem = anchors.verify(chain, now) instanceof PathResult.Untrusted(String why)
                ? why
                : "leads to no trust anchor";
        var leaf = chain.size() == 1 ? "" : "that of " + Certificates.subject(chain.getFirst()) + " is not trusted: ";
        return new Requester.Untrusted(leaf + problem, advice);
    }

    private static List<X509Certificate> withoutRoots(List<X509Certificate> presented) {
        var others = presented.stream()
                .skip(1)
                .filter(other -> !other.getSubjectX500Principal().equals(other.getIssuerX500Principal()));
        return Stream.concat(Stream.of(presented.getFirst()), others).toList();
    }
}
