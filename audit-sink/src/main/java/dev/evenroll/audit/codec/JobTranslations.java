package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobInterrupted;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobLinesTaken;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.RegisteredJob;
import java.util.Map;
import java.util.TreeMap;

/// Bulk jobs of factory lines.
final class JobTranslations {

    private static final String GATEWAY = "enroll-gateway";
    private static final String VALIDATOR = "csr-validator";

    private JobTranslations() {}

    static AuditFact progressed(JobProgressed event) {
        var job = event.getJobId();
        return switch (event.getStep()) {
            case JobOpened opened ->
                new AuditFact(
                        "job.opened",
                        job,
                        opened.getRequester(),
                        Outcome.SUCCESS,
                        opened.getRequester() + " began bulk job " + job + ".",
                        Map.of("issuerKeySha256", opened.getIssuerKeySha256()));
            case JobSubmitted submitted ->
                new AuditFact(
                        "job.submitted",
                        job,
                        GATEWAY,
                        Outcome.SUCCESS,
                        "All " + submitted.getLines() + " lines of bulk job " + job + " have been read.",
                        Map.of("lines", Integer.toString(submitted.getLines())));
            case JobLineEnded ended -> lineEnded(job, ended);
            case JobLinesTaken taken -> taken(job, taken);
            case JobInterrupted interrupted ->
                new AuditFact(
                        "job.interrupted",
                        job,
                        GATEWAY,
                        Outcome.OBSERVED,
                        "An upload of bulk job " + job + " broke off; " + interrupted.getLines()
                                + " of its lines are durable.",
                        Map.of("lines", Integer.toString(interrupted.getLines())));
            default ->
                throw new IllegalStateException("The step "
                        + event.getStep().getClass().getSimpleName() + " of a job has no translation; add it.");
        };
    }

    private static AuditFact taken(String job, JobLinesTaken taken) {
        var last = taken.getFirst() + taken.getDigests().size() - 1;
        return new AuditFact(
                "job.lines-taken",
                job,
                GATEWAY,
                Outcome.SUCCESS,
                "The lines " + taken.getFirst() + " to " + last + " of bulk job " + job + " are durable.",
                Map.of("first", Integer.toString(taken.getFirst()), "last", Integer.toString(last)));
    }

    static AuditFact registered(RegisteredJob event) {
        return new AuditFact(
                "job.registered",
                event.getJobId(),
                event.getRequester(),
                Outcome.SUCCESS,
                "Bulk job " + event.getJobId() + " of " + event.getRequester() + " is "
                        + (event.getSubmitted() ? "submitted." : "open."),
                Map.of(
                        "requester",
                        event.getRequester(),
                        "issuerKeySha256",
                        event.getIssuerKeySha256(),
                        "idempotencyKey",
                        event.getIdempotencyKey(),
                        "submitted",
                        Boolean.toString(event.getSubmitted())));
    }

    /// A line that holds no request never came further than the gateway.
    private static AuditFact lineEnded(String job, JobLineEnded ended) {
        var attributes = new TreeMap<String, String>();
        attributes.put("line", Integer.toString(ended.getLine()));
        attributes.put("deviceId", ended.getDeviceId());
        attributes.put("enrollmentId", ended.getEnrollmentId());
        var line = "Line " + ended.getLine() + " of bulk job " + job;
        var actor = ended.getEnrollmentId().isEmpty() ? GATEWAY : VALIDATOR;
        return switch (ended.getResult()) {
            case Issued issued -> {
                attributes.put(
                        "certificateSha256",
                        EnrollmentTranslations.der(issued.getCertificate()).sha256Hex());
                yield lineEnded(job, actor, Outcome.SUCCESS, line + ": the device has its certificate.", attributes);
            }
            case Refused refused -> {
                attributes.put("rules", Findings.rules(refused.getFindings()));
                yield lineEnded(
                        job,
                        actor,
                        Outcome.REFUSED,
                        line + " is refused: " + Findings.sentences(refused.getFindings()),
                        attributes);
            }
            case Pending _ ->
                lineEnded(job, actor, Outcome.SUCCESS, line + " waits for a person to decide.", attributes);
            default ->
                throw new IllegalStateException("The result "
                        + ended.getResult().getClass().getSimpleName() + " of a line has no translation; add it.");
        };
    }

    private static AuditFact lineEnded(
            String job, String actor, Outcome outcome, String message, Map<String, String> attributes) {
        return new AuditFact("job.line-ended", job, actor, outcome, message, attributes);
    }
}
