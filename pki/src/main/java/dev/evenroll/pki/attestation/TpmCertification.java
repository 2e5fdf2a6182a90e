package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;

/// The statement of a TPM 2.0 that a key is in it and can not leave it (tcg-attest-tpm-certify): what TPM2_Certify
/// and TPM2_ReadPublic give.
///
/// ```
/// Tcg-csr-tpm-certify ::= SEQUENCE {
///     tpmSAttest OCTET STRING,      -- TPMS_ATTEST, without the size that TPM2B_ATTEST has before it
///     signature  OCTET STRING,      -- TPMT_SIGNATURE
///     tpmTPublic OCTET STRING }     -- TPMT_PUBLIC; may be left out in the draft, not here: the key is in it
/// ```
///
/// Source: draft-ietf-lamps-csr-attestation-17 appendix A.2, which the later versions leave to the TCG; TPM 2.0
/// Library, Part 3 section 18.2 (TPM2_Certify).
///
/// @param signed the marshalled TPMS_ATTEST: what the attestation key has signed
/// @param attest the same, read
/// @param signature of the attestation key
/// @param publicArea of the key
record TpmCertification(Der signed, TpmAttest attest, TpmSignature signature, TpmPublic publicArea) {
    /// The type of the statement.
    static final String TYPE = "2.23.133.20.1";

    private static final String FIELD = "evidence: tcg-attest-tpm-certify";
    private static final String RULE = "key-attestation";

    private static final RuleText MAGIC = new RuleText(
            RULE,
            "TPM 2.0 Library Part 2 section 6.2 (TPM_GENERATED)",
            "an attestation that no TPM has made",
            "TPMS_ATTEST: its magic is <magic> instead of TPM_GENERATED_VALUE, so no TPM has made it; "
                    + "certify the key with TPM2_Certify");
    private static final RuleText OTHER_TYPE = new RuleText(
            RULE,
            "TPM 2.0 Library Part 2 section 6.9 (TPM_ST)",
            "an attestation of something else than a key",
            "TPMS_ATTEST: its type is <type> instead of TPM_ST_ATTEST_CERTIFY, so it says nothing of a key; "
                    + "certify the key with TPM2_Certify");
    private static final RuleText NAME_ALGORITHM = new RuleText(
            RULE,
            "TPM 2.0 Library Part 1 section 16; NIST SP 800-131A rev. 2 section 9",
            "a key whose name is made with a digest below SHA-256",
            "TPMT_PUBLIC: its nameAlg <algorithm> is not accepted; make the key with the nameAlg SHA-256, SHA-384 "
                    + "or SHA-512");
    private static final RuleText OTHER_NAME = new RuleText(
            RULE,
            "TPM 2.0 Library Part 1 section 16, Part 3 section 18.2",
            "an attestation of another object than the public area that comes with it",
            "TPMS_ATTEST: certifies another object than TPMT_PUBLIC; send the public area of the certified key");
    private static final RuleText OTHER_KEY = new RuleText(
            RULE,
            "draft-ietf-lamps-csr-attestation-28 section 6.1",
            "evidence of another key than that of the request",
            "TPMT_PUBLIC: is another key than that of the request; send the evidence of the key that the request "
                    + "is for");
    private static final RuleText ATTRIBUTES = new RuleText(
            RULE,
            "TPM 2.0 Library Part 2 section 8.3 (TPMA_OBJECT)",
            "a key that may exist outside its TPM, or may not sign",
            "TPMT_PUBLIC: lacks <attributes>; make the key in the TPM with fixedTPM, fixedParent, "
                    + "sensitiveDataOrigin and sign");
    private static final RuleText RESTRICTED = new RuleText(
            RULE,
            "TPM 2.0 Library Part 2 section 8.3 (TPMA_OBJECT)",
            "a key for attestation in place of one for a certificate",
            "TPMT_PUBLIC: is restricted, as keys for attestation are; make an unrestricted key for the request");

    /// What is refused and how it is said.
    static final List<RuleText> TEXTS =
            List.of(MAGIC, OTHER_TYPE, NAME_ALGORITHM, OTHER_NAME, OTHER_KEY, ATTRIBUTES, RESTRICTED);

    private static final Map<String, Integer> REQUIRED = new LinkedHashMap<>();

    static {
        REQUIRED.put("fixedTPM", TpmPublic.FIXED_TPM);
        REQUIRED.put("fixedParent", TpmPublic.FIXED_PARENT);
        REQUIRED.put("sensitiveDataOrigin", TpmPublic.SENSITIVE_DATA_ORIGIN);
        REQUIRED.put("sign", TpmPublic.SIGN);
    }

    /// Reads the content of a statement.
    static TpmCertification read(Der content) throws MalformedException {
        ASN1Sequence sequence = StrictDer.sequence(content, FIELD, content.length());
        if (sequence.size() != 3) {
            throw new MalformedException(
                    FIELD, "has " + sequence.size() + " parts instead of tpmSAttest, signature and tpmTPublic");
        }
        Der signed = octets(sequence.getObjectAt(0));
        Der signature = octets(sequence.getObjectAt(1));
        Der publicArea = octets(sequence.getObjectAt(2));
        return new TpmCertification(
                signed, TpmAttest.read(signed), TpmSignature.read(signature), TpmPublic.read(publicArea));
    }

    private static Der octets(ASN1Encodable part) throws MalformedException {
        if (part instanceof ASN1OctetString octets) {
            return Der.of(octets.getOctets());
        }
        throw new MalformedException(FIELD, "has a part that is not an OCTET STRING");
    }

    /// Everything that is wrong with what the TPM says of the key, whoever has signed it.
    ///
    /// @param subjectPublicKeyInfo the key of the request
    List<Failure> problems(Der subjectPublicKeyInfo) {
        var problems = new ArrayList<Failure>();
        if (attest.magic() != TpmAttest.GENERATED_VALUE) {
            problems.add(MAGIC.failure("0x%08x".formatted(attest.magic())));
        }
        if (attest.type() != TpmAttest.ATTEST_CERTIFY) {
            problems.add(OTHER_TYPE.failure(TpmPublic.hex(attest.type())));
        }
        nameProblem().ifPresent(problems::add);
        if (!publicArea.subjectPublicKeyInfo().equals(subjectPublicKeyInfo)) {
            problems.add(OTHER_KEY.failure());
        }
        String missing = REQUIRED.entrySet().stream()
                .filter(attribute -> !publicArea.has(attribute.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            problems.add(ATTRIBUTES.failure(missing));
        }
        if (publicArea.has(TpmPublic.RESTRICTED)) {
            problems.add(RESTRICTED.failure());
        }
        return problems;
    }

    private Optional<Failure> nameProblem() {
        Optional<Der> name = publicArea.name();
        if (name.isEmpty()) {
            return Optional.of(NAME_ALGORITHM.failure(TpmPublic.hex(publicArea.nameAlgorithm())));
        }
        return attest.name() == null || attest.name().equals(name.get())
                ? Optional.empty()
                : Optional.of(OTHER_NAME.failure());
    }
}
