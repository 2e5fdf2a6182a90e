package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.CertificationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The proof that the private key of a certification request lives in a TPM 2.0 of the device's manufacturer, and can
/// not leave it.
///
/// What is proved: a TPM whose attestation key the manufacturer certified holds this very key, made it, and gives it to
/// nobody. What is not: that this TPM sits in this very device, unless the certificate of its attestation key names
/// the device; nor when the attestation was made, which a key that can not leave makes no difference to.
///
/// Step 2 of the enrollment cycle.
public final class KeyAttestation {
    private static final String RULE = "key-attestation";

    private static final RuleText MISSING = new RuleText(
            RULE,
            "draft-ietf-lamps-csr-attestation-28 section 4.3",
            "a request without evidence of its key",
            "evidence: is missing; send it in the attribute id-aa-attestation (" + CertificationRequest.ATTESTATION
                    + ") of the request");
    private static final RuleText UNREADABLE = new RuleText(
            RULE,
            "draft-ietf-lamps-csr-attestation-28 section 4; TPM 2.0 Library Part 2",
            "evidence that can not be read",
            "<what can not be read>; make the evidence again");
    private static final RuleText FORMAT = new RuleText(
            RULE,
            "draft-ietf-lamps-csr-attestation-28 section 4.2",
            "evidence without exactly one statement of a TPM 2.0",
            "evidence: has statements of the types <types>; send one of tcg-attest-tpm-certify ("
                    + TpmCertification.TYPE + ")");

    private KeyAttestation() {}

    /// Why the key of a request does not count as attested; empty when it does.
    ///
    /// @param device the device that the request is for: a requester that has proved to be it
    /// @param anchors the anchors of attestation keys in force, each named as
    ///     [dev.evenroll.pki.path.ManufacturerAnchor] says
    /// @param blockedKeys whether a key is blocked, by the SHA-256 of its SubjectPublicKeyInfo in 64 lower-case
    ///     hexadecimal digits: one that is attests nothing
    /// @param at the time of judgement
    public static List<Failure> problems(
            CertificationRequest request,
            AttestedDevice device,
            TrustAnchors anchors,
            Predicate<String> blockedKeys,
            Instant at) {
        try {
            Optional<AttestationBundle> bundle = AttestationBundle.of(request);
            return bundle.isEmpty()
                    ? List.of(MISSING.failure())
                    : problems(bundle.get(), request, device, anchors, blockedKeys, at);
        } catch (MalformedException e) {
            return List.of(UNREADABLE.failure(String.valueOf(e.getMessage())));
        }
    }

    private static List<Failure> problems(
            AttestationBundle bundle,
            CertificationRequest request,
            AttestedDevice device,
            TrustAnchors anchors,
            Predicate<String> blockedKeys,
            Instant at)
            throws MalformedException {
        List<AttestationBundle.Statement> statements = bundle.statements().stream()
                .filter(statement -> statement.type().equals(TpmCertification.TYPE))
                .toList();
        if (statements.size() != 1) {
            return List.of(FORMAT.failure(bundle.statements().stream()
                    .map(AttestationBundle.Statement::type)
                    .collect(Collectors.joining(", "))));
        }
        var certification = TpmCertification.read(statements.getFirst().content());
        var key = new AttestationKey(bundle.certificates(), anchors, device, blockedKeys, at);
        return Stream.of(
                        certification.problems(request.subjectPublicKeyInfo()),
                        key.problems(certification.signature(), certification.signed()))
                .flatMap(List::stream)
                .toList();
    }

    /// What is refused and how it is said.
    public static List<RuleText> texts() {
        return Stream.of(List.of(MISSING, UNREADABLE, FORMAT), TpmCertification.TEXTS, AttestationKey.TEXTS)
                .flatMap(List::stream)
                .toList();
    }
}
