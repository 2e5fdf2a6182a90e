package dev.evenroll.validator.validation;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.validator.registry.DeviceLife;
import java.security.cert.X509Certificate;

/// A request with everything that the rules look at, decoded.
///
/// @param enrollmentId what the gateway calls it
/// @param deviceId the device that the request claims to be
/// @param request the certification request
/// @param requesterCertificate the certificate that the requester proved, trusted or not
/// @param requester who asks, verified
/// @param device what the registry holds of the device
public record EnrollmentCase(
        String enrollmentId,
        DeviceId deviceId,
        CertificationRequest request,
        X509Certificate requesterCertificate,
        Requester requester,
        DeviceLife device) {}
