package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.crl.CrlReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Takes an OCSPResponse apart. Its grammar stands at [OcspSigner] and [OcspSingle]; what is optional there may lack
/// here too, and extensions that are not critical may be added.
final class OcspAnswerReader {
    private static final String FIELD = "OCSPResponse";
    private static final String REASON = "is DER but not the structure of RFC 6960 section 4.2.1";

    private static final int VERSION = 0;
    private static final int BY_NAME = 1;
    private static final int BY_KEY = 2;
    private static final int RESPONSE_EXTENSIONS = 1;
    private static final int SINGLE_EXTENSIONS = 1;

    private static final byte[] GOOD = {(byte) 0x80, 0};
    private static final byte[] UNKNOWN = {(byte) 0x82, 0};
    private static final int REVOKED = 1;

    private OcspAnswerReader() {}

    static OcspAnswer read(byte[] der) throws MalformedException {
        ASN1Sequence parts = StrictDer.sequence(Der.of(der), FIELD, OcspAnswer.LONGEST);
        return StrictDer.structure(FIELD, REASON, () -> response(parts));
    }

    private static OcspAnswer response(ASN1Sequence parts) throws MalformedException {
        int status = code(ASN1Enumerated.getInstance(parts.getObjectAt(0)), "responseStatus");
        if (status != 0) {
            requireSize(parts, 1, 1);
            return new OcspAnswer.Refused(OcspError.ofCode(status)
                    .orElseThrow(
                            () -> new MalformedException("responseStatus", "is " + status + ", which is unknown")));
        }
        requireSize(parts, 2, 2);
        var responseBytes = ASN1Sequence.getInstance(OcspExtensions.explicit(parts.getObjectAt(1), 0));
        requireSize(responseBytes, 2, 2);
        var type = ASN1ObjectIdentifier.getInstance(responseBytes.getObjectAt(0));
        if (!type.equals(OCSPObjectIdentifiers.id_pkix_ocsp_basic)) {
            throw new MalformedException("responseType", "is " + type.getId() + ", not id-pkix-ocsp-basic");
        }
        Der basic =
                Der.of(ASN1OctetString.getInstance(responseBytes.getObjectAt(1)).getOctets());
        return basic(StrictDer.sequence(basic, "BasicOCSPResponse", OcspAnswer.LONGEST));
    }

    private static OcspAnswer basic(ASN1Sequence parts) throws MalformedException {
        requireSize(parts, 3, 4);
        var data = ASN1Sequence.getInstance(parts.getObjectAt(0));
        Der algorithm = Der.of(StrictDer.encode(AlgorithmIdentifier.getInstance(parts.getObjectAt(1))));
        Der value = Der.of(StrictDer.encode(ASN1BitString.getInstance(parts.getObjectAt(2))));
        List<X509Certificate> certificates = parts.size() == 3 ? List.of() : certificates(parts.getObjectAt(3));

        Deque<ASN1Encodable> fields = new ArrayDeque<>(List.of(data.toArray()));
        Der responderKeyHash = responderKeyHash(fields);
        Instant producedAt = OcspTime.decode(fields.remove(), "producedAt");
        List<OcspSingle> singles = singles(ASN1Sequence.getInstance(fields.remove()));
        Optional<OcspNonce> nonce = fields.isEmpty()
                ? Optional.empty()
                : OcspExtensions.nonce(
                        OcspExtensions.explicit(fields.remove(), RESPONSE_EXTENSIONS), "responseExtensions");
        if (!fields.isEmpty()) {
            throw new MalformedException("tbsResponseData", "holds parts that RFC 6960 section 4.2.1 does not know");
        }
        return new OcspAnswer.Signed(
                singles,
                nonce,
                producedAt,
                new OcspSignature(Der.of(StrictDer.encode(data)), algorithm, value, responderKeyHash, certificates));
    }

    private static List<X509Certificate> certificates(ASN1Encodable field) throws MalformedException {
        var certificates = new ArrayList<X509Certificate>();
        for (ASN1Encodable each : ASN1Sequence.getInstance(OcspExtensions.explicit(field, 0))) {
            certificates.add(Certificates.decode(Der.of(StrictDer.encode(each))));
        }
        return certificates;
    }

    private static Der responderKeyHash(Deque<ASN1Encodable> fields) throws MalformedException {
        if (OcspExtensions.isTagged(fields.element(), VERSION)) {
            throw new MalformedException("tbsResponseData", "names its version; there is only 1, which DER leaves out");
        }
        if (OcspExtensions.isTagged(fields.element(), BY_NAME)) {
            throw new MalformedException(
                    "responderID", "is a name; only responders that name their key are understood");
        }
        return Der.of(StrictDer.encode(ASN1OctetString.getInstance(OcspExtensions.explicit(fields.remove(), BY_KEY))));
    }

    private static List<OcspSingle> singles(ASN1Sequence responses) throws MalformedException {
        if (responses.size() == 0) {
            throw new MalformedException("responses", "are none");
        }
        var singles = new ArrayList<OcspSingle>();
        for (ASN1Encodable each : responses) {
            singles.add(single(
                    new ArrayDeque<>(List.of(ASN1Sequence.getInstance(each).toArray()))));
        }
        return singles;
    }

    private static OcspSingle single(Deque<ASN1Encodable> fields) throws MalformedException {
        var certificate = OcspCertId.of(ASN1Sequence.getInstance(fields.remove()));
        OcspStatus status = status(ASN1TaggedObject.getInstance(fields.remove()));
        Instant thisUpdate = OcspTime.decode(fields.remove(), "thisUpdate");
        if (fields.isEmpty() || !OcspExtensions.isTagged(fields.element(), 0)) {
            throw new MalformedException("nextUpdate", "is missing (RFC 5019 section 2.2.4)");
        }
        Instant nextUpdate = OcspTime.decode(OcspExtensions.explicit(fields.remove(), 0), "nextUpdate");
        if (nextUpdate.isBefore(thisUpdate)) {
            throw new MalformedException("nextUpdate", "lies before thisUpdate");
        }
        if (!fields.isEmpty()) {
            OcspExtensions.requireNoneCritical(
                    OcspExtensions.explicit(fields.remove(), SINGLE_EXTENSIONS), "singleExtensions");
        }
        if (!fields.isEmpty()) {
            throw new MalformedException("SingleResponse", "holds parts that RFC 6960 section 4.2.1 does not know");
        }
        return new OcspSingle(certificate, status, thisUpdate, nextUpdate);
    }

    private static OcspStatus status(ASN1TaggedObject status) throws MalformedException {
        byte[] encoded = StrictDer.encode(status);
        if (Arrays.equals(encoded, GOOD)) {
            return new OcspStatus.Good();
        }
        if (Arrays.equals(encoded, UNKNOWN)) {
            return new OcspStatus.Unknown();
        }
        if (!status.hasContextTag(REVOKED)) {
            throw new MalformedException("certStatus", "is neither good nor revoked nor unknown");
        }
        var revoked = ASN1Sequence.getInstance(status, false);
        requireSize(revoked, 1, 2);
        CrlReason reason = revoked.size() == 1
                ? CrlReason.UNSPECIFIED
                : reason(ASN1Enumerated.getInstance(OcspExtensions.explicit(revoked.getObjectAt(1), 0)));
        return new OcspStatus.Revoked(OcspTime.decode(revoked.getObjectAt(0), "revocationTime"), reason);
    }

    private static CrlReason reason(ASN1Enumerated value) throws MalformedException {
        int code = code(value, "revocationReason");
        return CrlReason.ofCode(code)
                .filter(reason -> reason != CrlReason.REMOVE_FROM_CRL)
                .orElseThrow(() -> new MalformedException("revocationReason", "is " + code + ", which is no reason"));
    }

    private static int code(ASN1Enumerated value, String field) throws MalformedException {
        if (value.getValue().signum() < 0 || value.getValue().bitLength() >= Byte.SIZE) {
            throw new MalformedException(field, "is " + value.getValue() + ", which RFC 6960 does not know");
        }
        return value.getValue().intValueExact();
    }

    private static void requireSize(ASN1Sequence parts, int least, int most) {
        if (parts.size() < least || parts.size() > most) {
            throw new IllegalArgumentException("too few parts, or too many");
        }
    }
}
