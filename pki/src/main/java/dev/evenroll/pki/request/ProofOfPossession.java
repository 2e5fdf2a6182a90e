package dev.evenroll.pki.request;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import dev.evenroll.pki.signature.PssParameters;
import dev.evenroll.pki.signature.SignatureAlgorithm;
import dev.evenroll.pki.signature.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// The signature of a certification request, verified with the key inside it (RFC 2986 section 4.2).
///
/// Digests below SHA-256 prove nothing any more (OCPP 2.0.1 A00.FR.506, NIST SP 800-131A section 3) and are
/// not verified at all.
final class ProofOfPossession {
    private static final String RULE = "proof-of-possession";
    private static final String PSS = "RSASSA-PSS";
    private static final String SOURCE = "RFC 2986 section 4.2; RFC 7030 section 3.4";

    private static final RuleText ALGORITHM = new RuleText(
            RULE,
            "NIST SP 800-131A rev. 2 section 3; OCPP 2.0.1 A00.FR.506",
            "a request signed with another algorithm, or with a digest below SHA-256",
            "signatureAlgorithm: <algorithm> is not accepted; "
                    + "sign the request with ECDSA, Ed25519, Ed448 or RSA and at least SHA-256");
    private static final RuleText PARAMETERS = new RuleText(
            RULE,
            "RFC 9881 section 2",
            "an ML-DSA signature with parameters",
            "signatureAlgorithm: <algorithm> has no parameters (RFC 9881 section 2); "
                    + "sign the request with pure ML-DSA");
    private static final RuleText UNNAMED_CURVE = new RuleText(
            RULE,
            "RFC 5480 section 2.1.1",
            "a request with a key on a curve of the sender's own making",
            "signature: can not be verified with a key on an unnamed curve; make a key on P-256");
    private static final RuleText UNFIT = new RuleText(
            RULE,
            SOURCE,
            "a signature that does not go with the key of the request",
            "signature: <algorithm> can not be verified with the key of the request; "
                    + "sign the request with the private key that belongs to it");
    private static final RuleText WRONG = new RuleText(
            RULE,
            SOURCE,
            "a signature made with another key, or over another request",
            "signature: does not verify with the key of the request; "
                    + "sign the request with the private key that belongs to it");

    /// What is refused and how it is said.
    static final List<RuleText> TEXTS = List.of(ALGORITHM, PARAMETERS, UNNAMED_CURVE, UNFIT, WRONG);

    /// Object identifier to JCA name.
    private static final Map<String, String> ACCEPTED = Map.ofEntries(
            Map.entry("1.2.840.10045.4.3.2", "SHA256withECDSA"),
            Map.entry("1.2.840.10045.4.3.3", "SHA384withECDSA"),
            Map.entry("1.2.840.10045.4.3.4", "SHA512withECDSA"),
            Map.entry("1.3.101.112", "Ed25519"),
            Map.entry("1.3.101.113", "Ed448"),
            Map.entry("1.2.840.113549.1.1.11", "SHA256withRSA"),
            Map.entry("1.2.840.113549.1.1.12", "SHA384withRSA"),
            Map.entry("1.2.840.113549.1.1.13", "SHA512withRSA"),
            Map.entry("1.2.840.113549.1.1.10", PSS),
            Map.entry(MlDsaParameterSet.ML_DSA_44.oid(), MlDsaParameterSet.ML_DSA_44.toString()),
            Map.entry(MlDsaParameterSet.ML_DSA_65.oid(), MlDsaParameterSet.ML_DSA_65.toString()),
            Map.entry(MlDsaParameterSet.ML_DSA_87.oid(), MlDsaParameterSet.ML_DSA_87.toString()));

    private ProofOfPossession() {}

    static String nameOf(AlgorithmIdentifier algorithm) {
        String oid = algorithm.getAlgorithm().getId();
        return ACCEPTED.getOrDefault(oid, oid);
    }

    static Optional<Failure> problemWith(CertificationRequest request) {
        AlgorithmIdentifier algorithm = request.getSignatureAlgorithm();
        String name = ACCEPTED.get(algorithm.getAlgorithm().getId());
        if (name == null) {
            return Optional.of(ALGORITHM.failure(algorithm.getAlgorithm().getId()));
        }
        if (MlDsaParameterSet.named(algorithm.getAlgorithm().getId()).isPresent()
                && algorithm.getParameters() != null) {
            return Optional.of(PARAMETERS.failure(name));
        }
        SubjectPublicKeyInfo key = request.getCertificationRequestInfo().getSubjectPublicKeyInfo();
        if (isExplicitCurve(key)) {
            return Optional.of(UNNAMED_CURVE.failure());
        }
        try {
            SignatureAlgorithm signedBy = name.equals(PSS)
                    ? SignatureAlgorithm.pss(pssParameters(algorithm))
                    : SignatureAlgorithm.named(name);
            byte[] signed = StrictDer.encode(request.getCertificationRequestInfo());
            if (VerificationKey.of(key)
                    .verifies(signedBy, signed, request.getSignature().getOctets())) {
                return Optional.empty();
            }
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            return Optional.of(UNFIT.failure(name));
        }
        return Optional.of(WRONG.failure());
    }

    /// A curve given by its coefficients is chosen by the sender: it may be weak, or slow to compute on.
    private static boolean isExplicitCurve(SubjectPublicKeyInfo key) {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && !(algorithm.getParameters() instanceof ASN1ObjectIdentifier);
    }

    private static PSSParameterSpec pssParameters(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
        if (algorithm.getParameters() == null) {
            throw new GeneralSecurityException("RSASSA-PSS without parameters means SHA-1");
        }
        return PssParameters.decode(StrictDer.encode(algorithm.getParameters()));
    }
}
