package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as the gateway sent it on: nothing of it is believed.
///
/// @param enrollmentId what the gateway calls it
/// @param deviceId the device that the request claims to be for
/// @param operation what is asked for
/// @param certificationRequest claimed to be a request, RFC 2986 section 4
/// @param requesterChain claimed to be the certificates that the requester proved, leaf first; not looked at when
///     there is a token
/// @param tokenSha256 SHA-256 of the one-time token's text, claimed to be in 64 lower-case hexadecimal digits;
///     null when the requester came with a certificate
/// @param remoteAddress IP address that the request is said to have come from
public record Submission(
        String enrollmentId,
        String deviceId,
        EnrollmentOperation operation,
        Der certificationRequest,
        List<Der> requesterChain,
        @Nullable String tokenSha256,
        String remoteAddress) {

    public Submission {
        requesterChain = List.copyOf(requesterChain);
    }
}
