package dev.evenroll.pki.request;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;

/// A certification request (PKCS#10, RFC 2986): a public key, a name, and a signature made with the private
/// key.
///
/// Decoded means: one DER value of the right structure. Whether key, name and signature are any good is
/// judged afterwards, by [#possessionProblem], [KeyRules] and whoever knows the devices.
///
/// Step 1 of the enrollment cycle.
public final class CertificationRequest {
    /// The longest request that is read, in bytes. One with an RSA key of 4,096 bits has about 1,700.
    public static final int MAXIMUM_BYTES = 16 * 1024;

    private static final String FIELD = "certification request";

    /// PKCS#9 challengePassword (RFC 2985 section 5.4.1): a secret in clear.
    public static final String CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";

    /// id-aa-attestation (draft-ietf-lamps-csr-attestation-28 section 4.3): evidence of where the key lives.
    public static final String ATTESTATION = "1.2.840.113549.1.9.16.2.59";

    private final Der der;
    private final org.bouncycastle.asn1.pkcs.CertificationRequest request;
    private final List<SubjectAttribute> subject;
    private final List<String> attributeTypes;

    private CertificationRequest(Der der, org.bouncycastle.asn1.pkcs.CertificationRequest request) {
        this.der = der;
        this.request = request;
        this.subject = SubjectAttribute.of(request.getCertificationRequestInfo().getSubject());
        this.attributeTypes =
                attributeTypes(request.getCertificationRequestInfo().getAttributes());
    }

    /// Decodes a request.
    ///
    /// @throws MalformedException when the bytes are longer than 16 KiB, not DER, or not the structure of RFC
    ///     2986 section 4
    public static CertificationRequest decode(Der der) throws MalformedException {
        var sequence = StrictDer.sequence(der, FIELD, MAXIMUM_BYTES);
        return StrictDer.structure(FIELD, "is DER but not a PKCS#10 request (RFC 2986 section 4)", () -> {
            var request = org.bouncycastle.asn1.pkcs.CertificationRequest.getInstance(sequence);
            if (sequence.size() != 3) {
                throw new MalformedException(
                        FIELD, "has " + sequence.size() + " parts instead of 3 (RFC 2986 section 4.2)");
            }
            // The parser passes over what it does not expect; the signature would then be verified over other bytes.
            if (!Der.of(StrictDer.encode(request)).equals(der)) {
                throw new MalformedException(FIELD, "holds parts that RFC 2986 section 4.1 does not know");
            }
            CertificationRequestInfo info = request.getCertificationRequestInfo();
            if (!info.getVersion().hasValue(0)) {
                throw new MalformedException(FIELD, "has a version other than 1 (RFC 2986 section 4.1)");
            }
            // A signature is whole octets; a BIT STRING need not be.
            if (request.getSignature().getPadBits() != 0) {
                throw new MalformedException(FIELD, "has a signature that is not whole octets");
            }
            return new CertificationRequest(der, request);
        });
    }

    private static List<String> attributeTypes(ASN1Set attributes) {
        var types = new ArrayList<String>();
        for (ASN1Encodable element : attributes == null ? new ASN1Encodable[0] : attributes.toArray()) {
            types.add(Attribute.getInstance(element).getAttrType().getId());
        }
        return List.copyOf(types);
    }

    /// The request as it came.
    public Der der() {
        return der;
    }

    /// The attributes of the subject, in their order.
    public List<SubjectAttribute> subject() {
        return subject;
    }

    /// The common name; empty unless there is exactly one.
    public Optional<String> commonName() {
        return SubjectAttribute.only(subject, SubjectAttribute.COMMON_NAME);
    }

    /// The organization; empty unless there is exactly one.
    public Optional<String> organization() {
        return SubjectAttribute.only(subject, SubjectAttribute.ORGANIZATION);
    }

    /// The public key as SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), not yet judged.
    public Der subjectPublicKeyInfo() {
        return Der.of(StrictDer.encode(request.getCertificationRequestInfo().getSubjectPublicKeyInfo()));
    }

    /// The SHA-256 digest of [#subjectPublicKeyInfo] in 64 lower-case hexadecimal digits: the name of the
    /// key.
    public String spkiSha256() {
        return subjectPublicKeyInfo().sha256Hex();
    }

    /// The name of the signature's algorithm; its object identifier when it is not one of those accepted.
    public String signatureAlgorithm() {
        return ProofOfPossession.nameOf(request.getSignatureAlgorithm());
    }

    /// Whether the sender holds the private key: the request's signature is of an accepted algorithm and
    /// verifies with the key inside.
    public boolean provesPossession() {
        return possessionProblem().isEmpty();
    }

    /// Why [#provesPossession] says no; empty when it says yes.
    public Optional<Failure> possessionProblem() {
        return ProofOfPossession.problemWith(request);
    }

    /// What [#possessionProblem] refuses and how it says it.
    public static List<RuleText> possessionTexts() {
        return ProofOfPossession.TEXTS;
    }

    /// Whether the request asks for extensions. They are never copied; who decides may want to know.
    public boolean requestsExtensions() {
        return attributeTypes.stream().anyMatch(ExtensionRequests.TYPES::contains);
    }

    /// The extensions that the request asks for, in their order. They are never copied.
    ///
    /// @throws MalformedException when one can not be read, or is asked for twice
    public List<RequestedExtension> requestedExtensions() throws MalformedException {
        ASN1Set attributes = request.getCertificationRequestInfo().getAttributes();
        return attributes == null ? List.of() : ExtensionRequests.read(attributes);
    }

    /// The types of the attributes that ask for something other than extensions, in dotted decimals
    /// and in their order. Their values may be secrets: [#CHALLENGE_PASSWORD].
    public List<String> otherAttributes() {
        return attributeTypes.stream()
                .filter(type -> !ExtensionRequests.TYPES.contains(type))
                .toList();
    }

    /// The values of all attributes of a type, in their order, DER.
    public List<Der> attributeValues(String type) {
        var values = new ArrayList<Der>();
        ASN1Set attributes = request.getCertificationRequestInfo().getAttributes();
        for (ASN1Encodable element : attributes == null ? new ASN1Encodable[0] : attributes.toArray()) {
            var attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().getId().equals(type)) {
                for (ASN1Encodable value : attribute.getAttributeValues()) {
                    values.add(Der.of(StrictDer.encode(value)));
                }
            }
        }
        return List.copyOf(values);
    }

    @Override
    public String toString() {
        return "CertificationRequest[subject=" + subject + ", spkiSha256=" + spkiSha256() + "]";
    }
}
