package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/// What certificates and revocation lists have in common: `SEQUENCE { signed, signatureAlgorithm, BIT STRING
/// }` (RFC 5280 sections 4.1 and 5.1).
public final class SignedStructure {
    private SignedStructure() {}

    /// Joins bytes and signature, after verifying it.
    ///
    /// @param what the thing that was signed, for the message
    /// @throws WrongSignatureException when the signature is not that of the issuer over these bytes
    public static Der assemble(
            String what, Der signed, SignatureScheme scheme, byte[] signature, IssuingCertificate issuer)
            throws WrongSignatureException {
        if (scheme != issuer.scheme() || !issuer.verifies(signed, signature)) {
            throw new WrongSignatureException(what, issuer);
        }
        return join(signed, scheme, signature);
    }

    /// Joins bytes and signature unverified: for a root, which has no issuer yet to verify with.
    public static Der join(Der signed, SignatureScheme scheme, byte[] signature) {
        try {
            var parts = new ASN1EncodableVector(3);
            parts.add(ASN1Primitive.fromByteArray(signed.bytes()));
            parts.add(scheme.algorithmIdentifier());
            parts.add(new DERBitString(signature));
            return Der.of(StrictDer.encode(new DERSequence(parts)));
        } catch (IOException e) {
            throw new IllegalArgumentException("signed bytes: are not DER; sign only what was prepared here", e);
        }
    }
}
