package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/// The extensions of requests and answers (RFC 6960 section 4.4). The nonce is understood; others are passed over
/// unless they are critical.
final class OcspExtensions {
    private static final byte[] NONCE_TYPE = StrictDer.encode(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private OcspExtensions() {}

    /// Reads the extensions of a whole message.
    static Optional<OcspNonce> nonce(ASN1Encodable encoded, String field) throws MalformedException {
        Extensions extensions = read(encoded, field, Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce));
        Extension nonce = extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce == null) {
            return Optional.empty();
        }
        Der content = Der.of(nonce.getExtnValue().getOctets());
        if (StrictDer.decode(content, "nonce", content.length()) instanceof ASN1OctetString value) {
            byte[] octets = value.getOctets();
            if (octets.length == 0 || octets.length > OcspNonce.LONGEST) {
                throw new MalformedException("nonce", OcspNonce.lengthProblem(octets.length));
            }
            return Optional.of(OcspNonce.of(octets));
        }
        throw new MalformedException("nonce", "is not an OCTET STRING (RFC 9654 section 2.1)");
    }

    /// Reads the extensions of one certificate's question or answer, of which none is understood.
    static void requireNoneCritical(ASN1Encodable encoded, String field) throws MalformedException {
        read(encoded, field, Set.of());
    }

    private static Extensions read(ASN1Encodable encoded, String field, Set<ASN1ObjectIdentifier> understood)
            throws MalformedException {
        var sequence = ASN1Sequence.getInstance(encoded);
        if (sequence.size() == 0) {
            throw new MalformedException(field, "is empty; leave it out (RFC 5280 section 4.1)");
        }
        var extensions = Extensions.getInstance(sequence);
        if (!Arrays.equals(StrictDer.encode(extensions), StrictDer.encode(sequence))) {
            throw new MalformedException(field, "holds defaults that DER leaves out (X.690 section 11.5)");
        }
        for (ASN1ObjectIdentifier type : extensions.getCriticalExtensionOIDs()) {
            if (!understood.contains(type)) {
                throw new MalformedException(
                        field,
                        "holds the critical extension " + type.getId() + ", which is unknown here; leave it out");
            }
        }
        return extensions;
    }

    /// The extensions of a message: the nonce, or nothing at all.
    ///
    /// @param tag that of the field, for example 0xa2
    static byte[] encode(int tag, Optional<OcspNonce> nonce) {
        return nonce.map(value -> DerWriter.tagged(
                        tag,
                        DerWriter.tagged(
                                SEQUENCE,
                                DerWriter.tagged(
                                        SEQUENCE,
                                        NONCE_TYPE,
                                        DerWriter.tagged(
                                                OCTET_STRING, DerWriter.tagged(OCTET_STRING, value.octets()))))))
                .orElseGet(() -> new byte[0]);
    }

    /// Whether a part is the field with this context tag.
    static boolean isTagged(ASN1Encodable part, int number) {
        return part instanceof ASN1TaggedObject tagged && tagged.hasContextTag(number);
    }

    /// The value of the field with this context tag.
    ///
    /// @throws IllegalArgumentException when it is another
    static ASN1Encodable explicit(ASN1Encodable part, int number) {
        if (!isTagged(part, number)) {
            throw new IllegalArgumentException("not the field [" + number + "]");
        }
        return ASN1TaggedObject.getInstance(part).getExplicitBaseObject();
    }
}
