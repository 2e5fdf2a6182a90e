package dev.evenroll.pki.cms;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.DerFrame;
import dev.evenroll.pki.asn1.StrictDer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;

/// A certs-only message: CMS SignedData without content and without signers, an envelope for certificates
/// (RFC 5272 section 4.1, RFC 8951 section 3).
///
/// ```
/// SEQUENCE { id-signedData, [0] SEQUENCE { 1, SET {}, SEQUENCE { id-data }, [0] { certificate* }, SET {} } }
/// ```
public final class CertsOnly {
    /// The longest message that is read, in bytes.
    private static final int MAXIMUM_BYTES = 1024 * 1024;

    private static final String FIELD = "certs-only message";

    private CertsOnly() {}

    /// Encodes certificates.
    ///
    /// They stand in the order of DER, which sorts a SET OF by its encodings (X.690 section 11.6),
    /// whatever the order given: a reader finds a certificate by its name or its key. Each keeps
    /// the bytes that were signed.
    ///
    /// @throws IllegalArgumentException when one of them is not DER
    public static Der encode(List<Der> certificates) {
        var set = new ASN1EncodableVector();
        var signedData = new ASN1EncodableVector();
        try {
            for (Der certificate : inOrderOfDer(certificates)) {
                set.add(ASN1Primitive.fromByteArray(certificate.bytes()));
            }
            signedData.add(new ASN1Integer(1));
            signedData.add(new DERSet());
            signedData.add(new DERSequence(CMSObjectIdentifiers.data));
            signedData.add(new DLTaggedObject(false, 0, new DLSet(set)));
            signedData.add(new DERSet());
            var message = new ASN1EncodableVector();
            message.add(CMSObjectIdentifiers.signedData);
            message.add(new DLTaggedObject(true, 0, new DLSequence(signedData)));
            return Der.of(new DLSequence(message).getEncoded(ASN1Encoding.DL));
        } catch (IOException e) {
            throw new IllegalArgumentException("certificate: is not DER", e);
        }
    }

    private static List<Der> inOrderOfDer(List<Der> certificates) {
        return certificates.stream()
                .sorted(Comparator.comparing(Der::bytes, Arrays::compareUnsigned))
                .toList();
    }

    /// Decodes a message of definite lengths into its certificates, in the order in which they stand.
    ///
    /// @throws MalformedException when it is another message, has content or signers, or holds no certificate
    public static List<Der> decode(Der message) throws MalformedException {
        if (message.length() > MAXIMUM_BYTES) {
            throw new MalformedException(
                    FIELD, "has " + message.length() + " bytes, at most " + MAXIMUM_BYTES + " are accepted");
        }
        DerFrame.check(message.bytes(), FIELD);
        return StrictDer.structure(FIELD, "is not CMS SignedData (RFC 5652 section 5)", () -> {
            var content = ContentInfo.getInstance(ASN1Primitive.fromByteArray(message.bytes()));
            if (!content.getContentType().equals(CMSObjectIdentifiers.signedData)) {
                throw new MalformedException(FIELD, "is CMS but not SignedData (RFC 5652 section 5)");
            }
            SignedData signedData = SignedData.getInstance(content.getContent());
            if (signedData.getSignerInfos().size() != 0
                    || signedData.getEncapContentInfo().getContent() != null) {
                throw new MalformedException(FIELD, "carries content or a signature; only certificates are expected");
            }
            return certificates(signedData.getCertificates());
        });
    }

    private static List<Der> certificates(ASN1Set set) throws MalformedException {
        var certificates = new ArrayList<Der>();
        for (ASN1Encodable element : set == null ? new ASN1Encodable[0] : set.toArray()) {
            if (!(element instanceof ASN1Sequence)) {
                throw new MalformedException(FIELD, "holds something that is no X.509 certificate");
            }
            certificates.add(Der.of(StrictDer.encode(element)));
        }
        if (certificates.isEmpty()) {
            throw new MalformedException(FIELD, "holds no certificate");
        }
        return List.copyOf(certificates);
    }
}
