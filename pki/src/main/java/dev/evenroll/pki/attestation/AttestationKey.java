package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.KeyRules;
import dev.evenroll.pki.request.SubjectAttribute;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The key that signed an attestation, and whether its word counts for a device.
///
/// That a key is an attestation key, which signs nothing but what its TPM has made, only its certificate can say: any
/// other key could sign a TPMS_ATTEST of somebody's own making. So the purpose tcg-kp-AIKCertificate is required, and
/// the CA that certified it is one that the operator trusts for the attestation keys of the device's manufacturer.
final class AttestationKey {
    private static final String RULE = "key-attestation";

    /// The bit digitalSignature of keyUsage (RFC 5280 section 4.2.1.3).
    private static final int DIGITAL_SIGNATURE = 0;

    private static final RuleText SCHEME = new RuleText(
            RULE,
            "NIST SP 800-131A rev. 2 section 3; TCG Algorithm Registry",
            "an attestation signed with another scheme, or with a digest below SHA-256",
            "TPMT_SIGNATURE: the scheme <scheme> with the hash <hash> is not accepted; let the attestation key sign "
                    + "with ECDSA, RSASSA or RSAPSS and SHA-256, SHA-384 or SHA-512");
    private static final RuleText SIGNATURE = new RuleText(
            RULE,
            "TPM 2.0 Library Part 3 section 18.2; draft-ietf-lamps-csr-attestation-28 section 4.1",
            "an attestation that none of the keys whose certificates come with it has signed",
            "TPMT_SIGNATURE: was not made over TPMS_ATTEST with the key of one of the certificates of end entities in "
                    + "the evidence (<number>); send the certificate of the attestation key along");
    private static final RuleText STRENGTH = new RuleText(
            RULE,
            "the rules of a device's key hold for an attestation key too",
            "an attestation key that is weak, or of another algorithm",
            "attestation key: can not be used: <what is wrong with it>");
    private static final RuleText BLOCKED = new RuleText(
            RULE,
            "NIST SP 800-57 part 1 rev. 5 section 8.3.5",
            "an attestation by a blocked key: on the installation's list, or blocked by a person",
            "attestation key: <fingerprint> is blocked, so the evidence does not verify; have the TPM certify the key "
                    + "with another attestation key");
    private static final RuleText PURPOSE = new RuleText(
            RULE,
            "TCG TPM 2.0 Keys for Device Identity and Attestation (tcg-kp-AIKCertificate)",
            "an attestation by a key that is not certified for attestation: it may sign whatever it is given",
            "attestation key: its certificate <fault>, so it is not known to sign only what its TPM has made; certify "
                    + "the key with an attestation key");
    private static final RuleText NO_ANCHOR = new RuleText(
            RULE,
            "NIST SP 800-53 SC-12; the installation's anchors of attestation keys",
            "evidence for a device whose manufacturer's attestation keys nobody has vouched for",
            "attestation key: there is no trust anchor for the attestation keys of <manufacturer>; have it added to "
                    + "those of csr-validator");
    private static final RuleText UNTRUSTED = new RuleText(
            RULE,
            "RFC 5280 section 6; draft-ietf-lamps-csr-attestation-28 section 6",
            "an attestation key that another than the device's manufacturer has certified",
            "attestation key: is not one of <manufacturer>: <why>; certify the key with the attestation key of the "
                    + "device's own TPM");
    private static final RuleText OTHER_DEVICE = new RuleText(
            RULE,
            "IEEE 802.1AR-2018 section 8.6: the subject's serialNumber attribute identifies the device",
            "the attestation key of another device, where its certificate names one",
            "attestation key: is that of the device <other>, the request is for <device>; certify the key with the "
                    + "attestation key of the device's own TPM");

    /// What is refused and how it is said.
    static final List<RuleText> TEXTS =
            List.of(SCHEME, SIGNATURE, STRENGTH, BLOCKED, PURPOSE, NO_ANCHOR, UNTRUSTED, OTHER_DEVICE);

    private final List<X509Certificate> presented;
    private final TrustAnchors anchors;
    private final AttestedDevice device;
    private final Predicate<String> blockedKeys;
    private final Instant at;

    /// @param presented certificates in any order, that of the attestation key among them
    /// @param anchors those of the attestation keys of all manufacturers, each named as [ManufacturerAnchor] says
    /// @param blockedKeys whether a key is blocked, by the SHA-256 of its SubjectPublicKeyInfo
    AttestationKey(
            List<X509Certificate> presented,
            TrustAnchors anchors,
            AttestedDevice device,
            Predicate<String> blockedKeys,
            Instant at) {
        this.presented = List.copyOf(presented);
        this.anchors = anchors.named(name -> {
            var anchor = ManufacturerAnchor.of(name);
            return anchor.manufacturer().equals(device.manufacturer())
                    && (anchor.model() == null || anchor.model().equals(device.model()));
        });
        this.device = device;
        this.blockedKeys = blockedKeys;
        this.at = at;
    }

    /// Why a signature does not count; empty when the attestation key of such a device has made it.
    List<Failure> problems(TpmSignature signature, Der signed) {
        if (signature instanceof TpmSignature.Unaccepted(int scheme, int hash)) {
            return List.of(SCHEME.failure(TpmPublic.hex(scheme), TpmPublic.hex(hash)));
        }
        var weak = new ArrayList<Failure>();
        List<Failure> first = List.of();
        int endEntities = 0;
        for (X509Certificate certificate : presented) {
            if (certificate.getBasicConstraints() >= 0) {
                continue;
            }
            endEntities++;
            Optional<Failure> weakness = weakness(certificate);
            if (weakness.isPresent()) {
                weak.add(weakness.get());
            } else if (signature.verifies(certificate.getPublicKey(), signed)) {
                List<Failure> problems = problems(certificate);
                if (problems.isEmpty()) {
                    return List.of();
                }
                first = first.isEmpty() ? problems : first;
            }
        }
        if (!first.isEmpty()) {
            return first;
        }
        return weak.isEmpty() ? List.of(SIGNATURE.failure(String.valueOf(endEntities))) : weak;
    }

    /// Judged before the key is used: on a curve of its sender's making, or of any size, that would be work that the
    /// sender orders.
    private static Optional<Failure> weakness(X509Certificate certificate) {
        return KeyRules.judge(subjectPublicKeyInfo(certificate)).stream()
                .findFirst()
                .map(failure -> STRENGTH.failure(failure.message()));
    }

    private List<Failure> problems(X509Certificate certificate) {
        var problems = new ArrayList<Failure>();
        var fingerprint = subjectPublicKeyInfo(certificate).sha256Hex();
        if (blockedKeys.test(fingerprint)) {
            problems.add(BLOCKED.failure(fingerprint));
        }
        purposeFault(certificate).map(PURPOSE::failure).ifPresent(problems::add);
        pathProblem(certificate).ifPresent(problems::add);
        otherDevice(certificate)
                .map(other -> OTHER_DEVICE.failure(other, device.serialNumber()))
                .ifPresent(problems::add);
        return problems;
    }

    private static Der subjectPublicKeyInfo(X509Certificate certificate) {
        return Der.of(certificate.getPublicKey().getEncoded());
    }

    private static Optional<String> purposeFault(X509Certificate certificate) {
        boolean[] keyUsage = certificate.getKeyUsage();
        if (keyUsage != null && !keyUsage[DIGITAL_SIGNATURE]) {
            return Optional.of("lacks digitalSignature in keyUsage");
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(KeyPurpose.ATTESTATION_KEY)
                    ? Optional.empty()
                    : Optional.of(
                            "lacks tcg-kp-AIKCertificate (" + KeyPurpose.ATTESTATION_KEY + ") in extendedKeyUsage");
        } catch (CertificateParsingException e) {
            return Optional.of("has an extendedKeyUsage that can not be read");
        }
    }

    private Optional<Failure> pathProblem(X509Certificate certificate) {
        if (anchors.isEmpty()) {
            return Optional.of(NO_ANCHOR.failure(device.origin()));
        }
        var chain = new ArrayList<X509Certificate>();
        chain.add(certificate);
        presented.stream().filter(other -> !other.equals(certificate)).forEach(chain::add);
        return anchors.verify(chain, at) instanceof PathResult.Untrusted(String why)
                ? Optional.of(UNTRUSTED.failure(device.origin(), why))
                : Optional.empty();
    }

    /// The other device that a certificate names; empty when it names none, or this one.
    private Optional<String> otherDevice(X509Certificate certificate) {
        List<SubjectAttribute> subject = SubjectAttribute.of(certificate);
        if (subject.isEmpty() && !Certificates.subject(certificate).isEmpty()) {
            return Optional.of("(a subject that can not be read)");
        }
        return subject.stream()
                .filter(attribute -> attribute.oid().equals(SubjectAttribute.SERIAL_NUMBER))
                .map(SubjectAttribute::value)
                .filter(serialNumber -> !serialNumber.equals(device.serialNumber()))
                .findFirst();
    }
}
