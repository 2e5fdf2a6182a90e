package dev.evenroll.validator.validation;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.registry.DeviceLife;
import java.security.cert.X509Certificate;
import java.util.Optional;

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
        DeviceLife device) {

    /// Whether the requester is the one that the request is for, by the name in its verified
    /// certificate.
    public boolean requesterHasNameOfDevice() {
        var name = switch (requester) {
            case Requester.Manufactured manufactured -> serialNumber(manufactured);
            case Requester.Certified certified -> commonName(certified);
            case Requester.Misplaced _, Requester.Untrusted _, Requester.OfUnknownOperation _ ->
                Optional.<String>empty();
        };
        return name.equals(Optional.of(deviceId.value()));
    }

    /// Whether the requester speaks for the device, and so may hear what the registry holds of it.
    public boolean requesterSpeaksForDevice() {
        return requesterHasNameOfDevice()
                && switch (requester) {
                    case Requester.Manufactured manufactured -> !isOfAnotherManufacturer(manufactured);
                    case Requester.Certified certified -> !certified.revoked();
                    case Requester.Misplaced _, Requester.Untrusted _, Requester.OfUnknownOperation _ -> false;
                };
    }

    /// Whether the device is registered with another manufacturer than the requester's.
    public boolean isOfAnotherManufacturer(Requester.Manufactured manufactured) {
        return device instanceof DeviceLife.Known known
                && !known.entry().registration().manufacturer().equals(manufactured.manufacturer());
    }

    /// The serial number that a manufacturer's certificate speaks for (IEEE 802.1AR-2018 section 8.6).
    public static Optional<String> serialNumber(Requester.Manufactured manufactured) {
        return SubjectAttribute.only(SubjectAttribute.of(manufactured.certificate()), SubjectAttribute.SERIAL_NUMBER);
    }

    /// The device that one of our certificates speaks for.
    public static Optional<String> commonName(Requester.Certified certified) {
        return SubjectAttribute.only(SubjectAttribute.of(certified.certificate()), SubjectAttribute.COMMON_NAME);
    }
}
