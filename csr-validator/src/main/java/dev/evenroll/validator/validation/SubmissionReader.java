package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.pki.request.RequestedExtension;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of a submission. What can not be decoded leaves nothing to judge.
final class SubmissionReader {

    private static final RuleText REQUEST = new RuleText(
            "unreadable-request",
            "RFC 2986 section 4; RFC 2985 section 5.4.2 (requested extensions)",
            "a request that is not PKCS#10 in DER, or asks for extensions that can not be read",
            "<what can not be read>; make the request again");
    private static final RuleText CHAIN_LENGTH = new RuleText(
            "unreadable-requester",
            "RFC 5280 section 6.1; RFC 7030 section 3.3.2",
            "a requester without certificate, or with more than are read",
            "requester chain: has <number> certificates; 1 to <most> are read");
    private static final RuleText CERTIFICATE = new RuleText(
            "unreadable-requester",
            "RFC 5280 section 4.1",
            "a requester's certificate that is none",
            "requester <what can not be read>");
    private static final RuleText TOKEN = new RuleText(
            "unreadable-requester",
            "RFC 7030 section 3.2.3",
            "a token that did not come as its SHA-256 digest",
            "token: is not 64 lower-case hexadecimal digits; the enroll-gateway that sent it must be examined");

    /// Everything that the reading refuses.
    static List<RuleText> texts() {
        return Stream.of(DeviceId.texts(), List.of(REQUEST, CHAIN_LENGTH, CERTIFICATE, TOKEN))
                .flatMap(List::stream)
                .toList();
    }

    /// No chain of a device is longer; a longer one is work that the sender orders.
    private static final int LONGEST_CHAIN = 10;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private SubmissionReader() {}

    /// What reading a submission gives.
    sealed interface Reading {

        /// Something to judge.
        ///
        /// @param chain leaf first; empty when a token was presented
        record Decoded(
                DeviceId deviceId,
                CertificationRequest request,
                List<RequestedExtension> extensions,
                List<X509Certificate> chain)
                implements Reading {}

        record Undecodable(List<Failure> failures) implements Reading {}
    }

    static Reading read(Submission submission) {
        var failures = new ArrayList<Failure>();
        DeviceId.problemWith(submission.deviceId()).ifPresent(failures::add);
        var request = request(submission.certificationRequest(), failures);
        var extensions = request == null ? List.<RequestedExtension>of() : extensions(request, failures);
        var chain = requester(submission, failures);
        return failures.isEmpty()
                ? new Reading.Decoded(
                        new DeviceId(submission.deviceId()), Objects.requireNonNull(request), extensions, chain)
                : new Reading.Undecodable(List.copyOf(failures));
    }

    private static @Nullable CertificationRequest request(Der bytes, List<Failure> failures) {
        try {
            return CertificationRequest.decode(bytes);
        } catch (MalformedException e) {
            failures.add(REQUEST.failure(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static List<RequestedExtension> extensions(CertificationRequest request, List<Failure> failures) {
        try {
            return request.requestedExtensions();
        } catch (MalformedException e) {
            failures.add(REQUEST.failure(String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private static List<X509Certificate> requester(Submission submission, List<Failure> failures) {
        if (submission.tokenSha256() == null) {
            return chain(submission.requesterChain(), failures);
        }
        if (!DIGEST.matcher(submission.tokenSha256()).matches()) {
            failures.add(TOKEN.failure());
        }
        return List.of();
    }

    private static List<X509Certificate> chain(List<Der> bytes, List<Failure> failures) {
        if (bytes.isEmpty() || bytes.size() > LONGEST_CHAIN) {
            failures.add(CHAIN_LENGTH.failure(Integer.toString(bytes.size()), Integer.toString(LONGEST_CHAIN)));
            return List.of();
        }
        var chain = new ArrayList<X509Certificate>();
        for (var certificate : bytes) {
            try {
                chain.add(Certificates.decode(certificate));
            } catch (MalformedException e) {
                failures.add(CERTIFICATE.failure(String.valueOf(e.getMessage())));
            }
        }
        return List.copyOf(chain);
    }
}
