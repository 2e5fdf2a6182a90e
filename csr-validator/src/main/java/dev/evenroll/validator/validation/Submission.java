package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import java.util.List;

/// A request as the gateway sent it on: nothing of it is believed.
///
/// @param enrollmentId what the gateway calls it
/// @param deviceId the device that the request claims to be
/// @param operation what is asked for
/// @param certificationRequest claimed to be a request, RFC 2986 section 4
/// @param requesterChain claimed to be the certificates that the requester proved, leaf first
public record Submission(
        String enrollmentId,
        String deviceId,
        EnrollmentOperation operation,
        Der certificationRequest,
        List<Der> requesterChain) {

    public Submission {
        requesterChain = List.copyOf(requesterChain);
    }
}
