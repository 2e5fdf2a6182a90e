package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
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

    /// Whether it asks for the renewal of the device that a certificate names: what tells a registration authority
    /// that renews its own certificate from one that speaks for others. Says nothing of who issued the certificate.
    boolean isRenewalOf(X509Certificate present) {
        return operation == EnrollmentOperation.SIMPLE_REENROLL
                && EnrollmentCase.commonName(present).equals(Optional.of(deviceId));
    }
}
