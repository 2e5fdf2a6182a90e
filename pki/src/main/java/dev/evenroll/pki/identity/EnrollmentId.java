package dev.evenroll.pki.identity;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The name of one enrollment, computed from what was asked and by whom: a repeated request *is* the same
/// enrollment.
///
/// `SHA-256(length || requester identity || length || request)` in 64 lower-case hexadecimal digits; each
/// length 4 bytes, big-endian.
///
/// Step 1 of the enrollment cycle.
public record EnrollmentId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public EnrollmentId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("enrollment id: must be 64 lower-case hexadecimal digits");
        }
    }

    /// The enrollment that a requester, known by its certificate, asks for with a request.
    public static EnrollmentId of(Der requesterCertificate, Der certificationRequest) {
        return ofRequester(requesterCertificate, certificationRequest);
    }

    /// The enrollment that the bearer of a one-time token asks for with a request: the requester's identity
    /// is `token:` and the digest, in ASCII.
    ///
    /// @param tokenSha256 see [OneTimeToken#sha256]
    public static EnrollmentId ofToken(String tokenSha256, Der certificationRequest) {
        if (!SHAPE.matcher(tokenSha256).matches()) {
            throw new IllegalArgumentException(
                    "token digest: must be 64 lower-case hexadecimal digits; hash the token with SHA-256");
        }
        byte[] requester = ("token:" + tokenSha256).getBytes(StandardCharsets.US_ASCII);
        return ofRequester(Der.of(requester), certificationRequest);
    }

    private static EnrollmentId ofRequester(Der requester, Der certificationRequest) {
        var digest = BouncyCastle.sha256();
        for (Der part : new Der[] {requester, certificationRequest}) {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length()).array());
            digest.update(part.bytes());
        }
        return new EnrollmentId(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return value;
    }
}
