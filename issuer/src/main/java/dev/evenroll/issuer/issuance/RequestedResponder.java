package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import java.util.Optional;

/// What revocation-service asks for: a certificate for an OCSP responder. Not trusted to be well-formed, but for the
/// name.
///
/// @param name the CN
/// @param issuerKeyId of the CA that it is to answer for, lower-case hex
/// @param subjectPublicKeyInfo key to certify, DER (RFC 5280 section 4.1.2.7)
public record RequestedResponder(String name, String issuerKeyId, Der subjectPublicKeyInfo) {

    /// What every name begins with, so that no responder has the name of a device.
    static final String PREFIX = "ocsp-responder-";

    /// @throws IllegalArgumentException when the name is not one of a responder
    public RequestedResponder {
        var problem = problemWith(name);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(problem.get());
        }
    }

    /// Why a text is no name of a responder; empty when it is one.
    public static Optional<String> problemWith(String name) {
        if (!name.startsWith(PREFIX)) {
            return Optional.of("responder: must begin with " + PREFIX);
        }
        return DeviceId.problemWith(name).map(failure -> "responder: as a common name, " + failure.message());
    }
}
