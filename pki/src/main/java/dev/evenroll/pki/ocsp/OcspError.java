package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.asn1.DerWriter;
import java.util.Arrays;
import java.util.Optional;

/// Why there is no answer (OCSPResponseStatus, RFC 6960 section 4.2.1). Nobody signs it.
///
/// ```
/// OCSPResponse = SEQUENCE { responseStatus ENUMERATED }
/// ```
public enum OcspError {
    /// The request can not be read.
    MALFORMED_REQUEST(1),
    /// The responder is broken.
    INTERNAL_ERROR(2),
    /// The responder can not answer for the moment.
    TRY_LATER(3),
    /// The responder answers signed requests only. Ours never says so.
    SIG_REQUIRED(5),
    /// The responder does not answer for that CA (RFC 5019 section 2.2.3).
    UNAUTHORIZED(6);

    private static final int SEQUENCE = 0x30;
    private static final int ENUMERATED = 0x0a;

    private final int code;

    OcspError(int code) {
        this.code = code;
    }

    /// The value of the ENUMERATED.
    public int code() {
        return code;
    }

    /// The whole OCSPResponse, DER.
    public byte[] encoded() {
        return DerWriter.tagged(SEQUENCE, DerWriter.tagged(ENUMERATED, new byte[] {(byte) code}));
    }

    static Optional<OcspError> ofCode(int code) {
        return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
    }
}
