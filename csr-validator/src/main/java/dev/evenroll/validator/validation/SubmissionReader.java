package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.validator.registry.DeviceLife;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads a submission into the case that the rules judge. What can not be decoded leaves nothing to
/// judge.
final class SubmissionReader {

    /// No chain of a device is longer; a longer one is work that the sender orders.
    private static final int LONGEST_CHAIN = 10;

    private final RequesterVerification verification;

    SubmissionReader(RequesterVerification verification) {
        this.verification = verification;
    }

    /// What reading a submission gives.
    sealed interface Reading {

        record Decoded(EnrollmentCase enrollment) implements Reading {}

        record Undecodable(List<Failure> failures) implements Reading {}
    }

    Reading read(Submission submission, DeviceLife device, Predicate<CertificateId> revoked, Instant now) {
        var failures = new ArrayList<Failure>();
        DeviceId.problemWith(submission.deviceId()).ifPresent(failures::add);
        var request = request(submission.certificationRequest(), failures);
        var chain = chain(submission.requesterChain(), failures);
        if (request == null || chain.isEmpty() || !failures.isEmpty()) {
            return new Reading.Undecodable(List.copyOf(failures));
        }
        return new Reading.Decoded(new EnrollmentCase(
                submission.enrollmentId(),
                new DeviceId(submission.deviceId()),
                request,
                chain.getFirst(),
                verification.verify(submission.operation(), chain, revoked, now),
                device));
    }

    /// Whether the first certificate of a renewal is a revoked one, looked at before anything is
    /// verified.
    boolean isRenewalWithRevoked(Submission submission, Predicate<CertificateId> revoked) {
        if (submission.operation() != EnrollmentOperation.SIMPLE_REENROLL
                || submission.requesterChain().isEmpty()) {
            return false;
        }
        try {
            var present = Certificates.decode(submission.requesterChain().getFirst());
            return CertificateId.find(present).filter(revoked).isPresent();
        } catch (MalformedException e) {
            // The rules will say so.
            return false;
        }
    }

    private static @Nullable CertificationRequest request(Der bytes, List<Failure> failures) {
        try {
            return CertificationRequest.decode(bytes);
        } catch (MalformedException e) {
            failures.add(new Failure("unreadable-request", e.getMessage() + "; make the request again"));
            return null;
        }
    }

    private static List<X509Certificate> chain(List<Der> bytes, List<Failure> failures) {
        if (bytes.isEmpty() || bytes.size() > LONGEST_CHAIN) {
            failures.add(new Failure(
                    "unreadable-requester",
                    "requester chain: has " + bytes.size() + " certificates; 1 to " + LONGEST_CHAIN + " are read"));
            return List.of();
        }
        var chain = new ArrayList<X509Certificate>();
        for (var certificate : bytes) {
            try {
                chain.add(Certificates.decode(certificate));
            } catch (MalformedException e) {
                failures.add(new Failure("unreadable-requester", "requester " + e.getMessage()));
            }
        }
        return List.copyOf(chain);
    }
}
