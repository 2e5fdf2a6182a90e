package dev.evenroll.gateway.enrollment;

import dev.evenroll.gateway.authentication.Requester;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.EnrollmentId;

/// A well-formed request for a certificate by a requester, not yet judged.
///
/// @param requester who asks
/// @param operation what for
/// @param device the device that the request names: a claim until csr-validator has judged it
/// @param certificationRequest the request, DER (RFC 2986 section 4)
/// @param remoteAddress IP address that it came from, in text
public record EnrollmentRequest(
        Requester requester, Operation operation, DeviceId device, Der certificationRequest, String remoteAddress) {

    /// Name of the enrollment: the same request by the same requester has the same name.
    public EnrollmentId id() {
        return requester.enrollment(certificationRequest);
    }
}
