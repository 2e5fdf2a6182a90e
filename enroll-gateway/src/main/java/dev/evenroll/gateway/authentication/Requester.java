package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.EnrollmentId;
import java.util.List;

/// Whoever asks for a certificate. It says who asks, not what they may have: csr-validator decides that.
public sealed interface Requester permits CertificateHolder, TokenHolder {

    /// Whom to speak of: the subject of a certificate, or the id of a device; printable, cut where it is too long.
    String subject();

    /// The certificates that it proved, DER, leaf first, as they came; empty when none speaks for it.
    List<Der> chain();

    /// Name of the enrollment that it asks for with a request.
    EnrollmentId enrollment(Der certificationRequest);
}
