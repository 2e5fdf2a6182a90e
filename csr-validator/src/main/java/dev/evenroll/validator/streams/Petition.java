package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.JobLine;
import dev.evenroll.validator.validation.EnrollmentOperation;
import dev.evenroll.validator.validation.Submission;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request before the judgement, with those who wait for the answer.
///
/// @param request the request as it came
/// @param replyPartition partition that waits for this answer, or [Audience#NOBODY]
/// @param jobLines lines of bulk jobs that wait for this answer
/// @param approver who approved it; null when nobody has
record Petition(
        EnrollmentRequested request,
        int replyPartition,
        List<JobLine> jobLines,
        @Nullable String approver) {

    /// A request that comes from a gateway.
    ///
    /// @throws UnusableException when nobody could be answered
    static Petition of(EnrollmentRequested request) throws UnusableException {
        if (!EventFactory.isReplyPartition(request.getReplyPartition())) {
            throw new UnusableException("The reply partition " + request.getReplyPartition()
                    + " does not exist: nobody could be answered.");
        }
        var line = JobLines.read(request.getJobLine());
        return new Petition(request, request.getReplyPartition(), line == null ? List.of() : List.of(line), null);
    }

    /// A request that waited for a person; its gateway has been answered long ago.
    ///
    /// @param jobLines lines that have waited with it
    static Petition unanswered(EnrollmentRequested request, List<JobLine> jobLines) {
        return new Petition(request, Audience.NOBODY, jobLines, null);
    }

    Petition approvedBy(String person) {
        return new Petition(request, replyPartition, jobLines, person);
    }

    /// The same, with lines that have waited for it since it was asked for before.
    Petition joinedBy(List<JobLine> lines) {
        var all = Stream.concat(jobLines.stream(), lines.stream()).distinct().toList();
        return new Petition(request, replyPartition, all, approver);
    }

    String deviceId() {
        return request.getDeviceId();
    }

    String enrollmentId() {
        return request.getEnrollmentId();
    }

    /// The line that this request came from; null when it did not come from one.
    @Nullable
    JobLine jobLine() {
        return jobLines.isEmpty() ? null : jobLines.getFirst();
    }

    /// Everybody who waits for this answer.
    Audience audience() {
        return new Audience(List.of(), jobLines).with(replyPartition);
    }

    Submission submission() {
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
