package dev.evenroll.validator.streams;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.validation.Circumstances;
import dev.evenroll.validator.validation.EnrollmentOperation;
import dev.evenroll.validator.validation.Judge;
import dev.evenroll.validator.validation.Submission;
import dev.evenroll.validator.validation.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// Answers requests: from memory when the same one was asked before, else by the rules. Step 2 of the
/// enrollment cycle.
final class EnrollmentRequestHandler implements EventHandler<EnrollmentRequested> {

    /// The only profile there is.
    static final String PROFILE = "charging-station";

    private static final RuleText APPROVAL = new RuleText(
            "approval-needed",
            "RFC 7030 section 4.2.3",
            "what a person has to approve, which can not be waited for yet",
            "enrollment: needs the approval of a person (<reason>); have the operator look at the device");

    private final DeviceStore devices;
    private final EnrollmentStore enrollments;
    private final RevocationStore revocations;
    private final Judge judge;
    private final EventFactory events;
    private final DecisionMetrics metrics;

    EnrollmentRequestHandler(
            DeviceStore devices,
            EnrollmentStore enrollments,
            RevocationStore revocations,
            Judge judge,
            EventFactory events,
            DecisionMetrics metrics) {
        this.devices = devices;
        this.enrollments = enrollments;
        this.revocations = revocations;
        this.judge = judge;
        this.events = events;
        this.metrics = metrics;
    }

    @Override
    public List<Emission> handle(String key, EnrollmentRequested request) throws UnusableException {
        if (!EventFactory.isReplyPartition(request.getReplyPartition())) {
            throw new UnusableException("The reply partition " + request.getReplyPartition()
                    + " does not exist: nobody could be answered.");
        }
        var submission = submission(request);
        if (judge.isRenewalWithRevoked(submission, revoked(key))) {
            // Also when it is in flight or has been answered before: whoever holds the certificate now gets nothing.
            return judge(request, submission);
        }
        return switch (enrollments.find(key, request.getEnrollmentId())) {
            case Enrollment.InFlight inFlight -> join(inFlight, request);
            case Enrollment.Issued issued when !issued.expired(events.now()) -> answer(issued, request);
            case null, default -> judge(request, submission);
        };
    }

    private List<Emission> join(Enrollment.InFlight inFlight, EnrollmentRequested request) {
        metrics.joined();
        var joined = inFlight.joinedBy(request.getReplyPartition());
        if (!joined.equals(inFlight)) {
            enrollments.put(request.getDeviceId(), request.getEnrollmentId(), joined);
        }
        return List.of();
    }

    private List<Emission> answer(Enrollment.Issued issued, EnrollmentRequested request) {
        metrics.answered();
        return List.of(events.issuedOutcome(
                request.getEnrollmentId(), request.getDeviceId(), issued.certificate(), request.getReplyPartition()));
    }

    private List<Emission> judge(EnrollmentRequested request, Submission submission) {
        var deviceId = request.getDeviceId();
        return switch (judge.judge(submission, Circumstances.of(devices.find(deviceId), revoked(deviceId)))) {
            case Verdict.Accepted accepted -> accept(request, accepted);
            case Verdict.Waiting waiting -> {
                var failures = List.of(APPROVAL.failure(waiting.reason()));
                yield refuse(request, failures, failures);
            }
            case Verdict.Refused refused -> refuse(request, refused.failures(), refused.told());
        };
    }

    private Predicate<CertificateId> revoked(String deviceId) {
        return certificate -> revocations.contains(deviceId, certificate);
    }

    private List<Emission> accept(EnrollmentRequested request, Verdict.Accepted accepted) {
        metrics.accepted();
        var now = events.now();
        enrollments.put(
                request.getDeviceId(),
                request.getEnrollmentId(),
                Enrollment.InFlight.of(now, request.getReplyPartition()));
        var key = accepted.subjectPublicKeyInfo();
        return List.of(Emission.to(Sinks.KEY_CLAIM, key.sha256Hex(), claim(request, accepted.owner(), key, now)));
    }

    private static KeyClaimRequested claim(EnrollmentRequested request, String organization, Der key, Instant now) {
        return KeyClaimRequested.newBuilder()
                .setOccurredAt(now)
                .setEnrollmentId(request.getEnrollmentId())
                .setDeviceId(request.getDeviceId())
                .setProfile(PROFILE)
                .setOrganization(organization)
                .setSubjectPublicKeyInfo(ByteBuffer.wrap(key.bytes()))
                .setRemoteAddress(request.getRemoteAddress())
                .setReplyPartition(request.getReplyPartition())
                .build();
    }

    private List<Emission> refuse(EnrollmentRequested request, List<Failure> failures, List<Failure> told) {
        metrics.refused(failures);
        return List.of(
                events.refusal(
                        request.getEnrollmentId(),
                        request.getDeviceId(),
                        EventFactory.findings(failures),
                        request.getRemoteAddress(),
                        request.getReplyPartition()),
                events.refusedOutcome(
                        request.getEnrollmentId(),
                        request.getDeviceId(),
                        EventFactory.findings(told),
                        request.getReplyPartition()));
    }

    private static Submission submission(EnrollmentRequested request) {
        var operation = switch (request.getOperation()) {
            case SIMPLE_ENROLL -> EnrollmentOperation.SIMPLE_ENROLL;
            case SIMPLE_REENROLL -> EnrollmentOperation.SIMPLE_REENROLL;
            case UNKNOWN -> EnrollmentOperation.UNRECOGNIZED;
        };
        return new Submission(
                request.getEnrollmentId(),
                request.getDeviceId(),
                operation,
                Bytes.der(request.getCertificationRequest()),
                request.getRequesterChain().stream().map(Bytes::der).toList(),
                request.getTokenSha256(),
                request.getRemoteAddress());
    }
}
