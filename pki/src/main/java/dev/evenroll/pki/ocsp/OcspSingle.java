package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.crl.CrlReason;
import java.time.Instant;

/// The status of one certificate (SingleResponse, RFC 6960 section 4.2.1).
///
/// ```
/// SEQUENCE { certID, certStatus, thisUpdate GeneralizedTime, nextUpdate [0] EXPLICIT GeneralizedTime }
/// certStatus = good [0] NULL | revoked [1] { GeneralizedTime, [0] EXPLICIT ENUMERATED OPTIONAL } | unknown [2] NULL
/// ```
///
/// Times are in whole seconds: a fraction is cut off. nextUpdate is always there, as RFC 5019 section 2.2.4 demands.
///
/// @param certificate as the client named it
/// @param thisUpdate when this was known to be so
/// @param nextUpdate by when something newer is known; not before thisUpdate
public record OcspSingle(OcspCertId certificate, OcspStatus status, Instant thisUpdate, Instant nextUpdate) {
    private static final int SEQUENCE = 0x30;
    private static final int ENUMERATED = 0x0a;
    private static final int NEXT_UPDATE = 0xa0;
    private static final int REASON = 0xa0;
    private static final int GOOD = 0x80;
    private static final int REVOKED = 0xa1;
    private static final int UNKNOWN = 0x82;

    public OcspSingle {
        thisUpdate = OcspTime.wholeSeconds(thisUpdate, "thisUpdate");
        nextUpdate = OcspTime.wholeSeconds(nextUpdate, "nextUpdate");
        if (nextUpdate.isBefore(thisUpdate)) {
            throw new IllegalArgumentException("nextUpdate: lies before thisUpdate");
        }
    }

    byte[] encode() {
        return DerWriter.tagged(
                SEQUENCE,
                certificate.encode(),
                encode(status),
                OcspTime.encode(thisUpdate),
                DerWriter.tagged(NEXT_UPDATE, OcspTime.encode(nextUpdate)));
    }

    private static byte[] encode(OcspStatus status) {
        return switch (status) {
            case OcspStatus.Good _ -> DerWriter.tagged(GOOD);
            case OcspStatus.Unknown _ -> DerWriter.tagged(UNKNOWN);
            case OcspStatus.Revoked revoked ->
                DerWriter.tagged(REVOKED, OcspTime.encode(revoked.at()), encode(revoked.reason()));
        };
    }

    /// Unspecified is as good as absent, and is left out (RFC 5280 section 5.3.1).
    private static byte[] encode(CrlReason reason) {
        return reason == CrlReason.UNSPECIFIED
                ? new byte[0]
                : DerWriter.tagged(REASON, DerWriter.tagged(ENUMERATED, new byte[] {(byte) reason.code()}));
    }
}
