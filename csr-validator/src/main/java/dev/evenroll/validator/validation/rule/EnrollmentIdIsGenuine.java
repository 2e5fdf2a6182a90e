package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The enrollment id is the one that requester and request have.
///
/// Source: DESIGN, step 1: `EnrollmentId = SHA-256(length-prefixed requester identity, CSR DER)`. A made-up
/// id would attach one request to the answer of another.
public final class EnrollmentIdIsGenuine implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var genuine = EnrollmentId.of(
                Certificates.der(enrollment.requesterCertificate()),
                enrollment.request().der());
        return genuine.value().equals(enrollment.enrollmentId())
                ? List.of()
                : List.of(new Failure(
                        "enrollment-id",
                        "enrollment id: is not that of this requester and this request; "
                                + "the enroll-gateway that sent it must be examined"));
    }
}
