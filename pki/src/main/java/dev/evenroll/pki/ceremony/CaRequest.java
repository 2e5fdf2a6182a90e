package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.issuance.SignedStructure;
import dev.evenroll.pki.request.CertificationRequest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The request of an issuing CA to a root that is elsewhere (PKCS#10, RFC 2986): a name and a key, and the proof that
/// the CA has it. It asks for nothing else: the root decides.
///
/// @param name what the CA wants to be called
/// @param der the request as it is carried
public record CaRequest(CaName name, PublicKey key, Der der) {

    private static final String FIELD = "request";

    /// What the CA signs to make a request.
    public static Der toBeSigned(CaName name, PublicKey key) {
        var info = new CertificationRequestInfo(
                name.subject(), SubjectPublicKeyInfo.getInstance(key.getEncoded()), new DERSet());
        return Der.of(StrictDer.encode(info));
    }

    /// The request, from what was signed and the signature.
    ///
    /// @throws MalformedException when the signature is not that of the key
    public static CaRequest assemble(Der signed, PublicKey key, byte[] signature) throws MalformedException {
        return decode(SignedStructure.join(signed, SignatureScheme.of(key), signature));
    }

    /// Reads a request and verifies it.
    ///
    /// @throws MalformedException when it is none, not that of a CA of ours, or not signed with its own key
    public static CaRequest decode(Der der) throws MalformedException {
        var attributes = CertificationRequest.decode(der);
        if (attributes.requestsExtensions() || !attributes.otherAttributes().isEmpty()) {
            throw new MalformedException(FIELD, "has attributes, and a CA asks for none; make it with `evenroll ca`");
        }
        return StrictDer.structure(FIELD, "is no PKCS#10 request (RFC 2986)", () -> {
            var request = org.bouncycastle.asn1.pkcs.CertificationRequest.getInstance(der.bytes());
            var info = request.getCertificationRequestInfo();
            var name = CaName.read(info.getSubject())
                    .filter(subject -> subject.kind() == CaName.Kind.ISSUING)
                    .orElseThrow(() -> new MalformedException(
                            FIELD,
                            "its subject " + info.getSubject()
                                    + " is not that of an issuing CA; make the request with `evenroll ca`"));
            var key = key(info.getSubjectPublicKeyInfo());
            var scheme = SignatureScheme.of(key);
            if (!request.getSignatureAlgorithm().equals(scheme.algorithmIdentifier())
                    || !scheme.verifies(
                            key,
                            Der.of(StrictDer.encode(info)),
                            request.getSignature().getOctets())) {
                throw new MalformedException(
                        FIELD, "is not signed with its own key, so its sender need not have that; make it anew");
            }
            return new CaRequest(name, key, der);
        });
    }

    private static PublicKey key(SubjectPublicKeyInfo info) throws MalformedException {
        try {
            return BouncyCastle.publicKey(info);
        } catch (GeneralSecurityException e) {
            throw new MalformedException(FIELD, "its key can not be read", e);
        }
    }

    /// The subjectKeyIdentifier of the key in lower-case hexadecimal digits.
    public String keyId() {
        return keyId(key);
    }

    /// The subjectKeyIdentifier of a key in lower-case hexadecimal digits.
    public static String keyId(PublicKey key) {
        return HexFormat.of().formatHex(KeyIdentifiers.of(SubjectPublicKeyInfo.getInstance(key.getEncoded())));
    }
}
