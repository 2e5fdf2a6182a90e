package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.Signature;
import org.bouncycastle.asn1.x509.GeneralName;

/// Takes an OCSPRequest apart.
///
/// ```
/// OCSPRequest = SEQUENCE { tbsRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
/// tbsRequest  = SEQUENCE { version [0] DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
///                          requestList SEQUENCE OF Request, requestExtensions [2] EXPLICIT Extensions OPTIONAL }
/// Request     = SEQUENCE { reqCert CertID, singleRequestExtensions [0] EXPLICIT Extensions OPTIONAL }
/// ```
///
/// Source: RFC 6960 section 4.1.1. Walked by hand, since Bouncy Castle passes over parts that it does not expect.
final class OcspRequestReader {
    private static final String FIELD = "OCSPRequest";
    private static final int VERSION = 0;
    private static final int REQUESTOR_NAME = 1;
    private static final int REQUEST_EXTENSIONS = 2;

    private OcspRequestReader() {}

    static OcspRequest read(byte[] der) throws MalformedException {
        ASN1Sequence parts = StrictDer.sequence(Der.of(der), FIELD, OcspRequest.LONGEST);
        return StrictDer.structure(FIELD, "is DER but not the structure of RFC 6960 section 4.1.1", () -> read(parts));
    }

    private static OcspRequest read(ASN1Sequence parts) throws MalformedException {
        requireSize(parts, 1, 2);
        if (parts.size() == 2) {
            Signature.getInstance(OcspExtensions.explicit(parts.getObjectAt(1), 0));
        }
        return tbsRequest(new ArrayDeque<>(
                List.of(ASN1Sequence.getInstance(parts.getObjectAt(0)).toArray())));
    }

    private static OcspRequest tbsRequest(Deque<ASN1Encodable> parts) throws MalformedException {
        if (OcspExtensions.isTagged(parts.element(), VERSION)) {
            throw new MalformedException(FIELD, "names its version; there is only 1, which DER leaves out");
        }
        if (OcspExtensions.isTagged(parts.element(), REQUESTOR_NAME)) {
            GeneralName.getInstance(OcspExtensions.explicit(parts.remove(), REQUESTOR_NAME));
        }
        List<OcspCertId> certificates = certificates(ASN1Sequence.getInstance(parts.remove()));
        Optional<OcspNonce> nonce = parts.isEmpty()
                ? Optional.empty()
                : OcspExtensions.nonce(
                        OcspExtensions.explicit(parts.remove(), REQUEST_EXTENSIONS), "requestExtensions");
        if (!parts.isEmpty()) {
            throw new MalformedException(FIELD, "holds parts that RFC 6960 section 4.1.1 does not know");
        }
        return new OcspRequest(certificates, nonce);
    }

    private static List<OcspCertId> certificates(ASN1Sequence requestList) throws MalformedException {
        if (requestList.size() == 0 || requestList.size() > OcspRequest.MOST) {
            throw new MalformedException(
                    "requestList",
                    "names " + requestList.size() + " certificates; ask about 1 to " + OcspRequest.MOST + " at a time");
        }
        var certificates = new ArrayList<OcspCertId>();
        for (ASN1Encodable each : requestList) {
            var request = ASN1Sequence.getInstance(each);
            requireSize(request, 1, 2);
            if (request.size() == 2) {
                OcspExtensions.requireNoneCritical(
                        OcspExtensions.explicit(request.getObjectAt(1), 0), "singleRequestExtensions");
            }
            certificates.add(OcspCertId.of(ASN1Sequence.getInstance(request.getObjectAt(0))));
        }
        return certificates;
    }

    private static void requireSize(ASN1Sequence parts, int least, int most) {
        if (parts.size() < least || parts.size() > most) {
            throw new IllegalArgumentException("too few parts, or too many");
        }
    }
}
