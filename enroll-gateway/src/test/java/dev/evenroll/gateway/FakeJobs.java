package dev.evenroll.gateway;

import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobLine;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.LineFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/// Jobs in memory: keeps what is written in words, in order, and answers what it is told to answer.
public final class FakeJobs implements JobLog, JobQueries {

    public static final JobId ID = new JobId(new UUID(1, 2), 3, 4);

    public final List<String> written = new CopyOnWriteArrayList<>();
    public final List<EnrollmentRequest> requests = new CopyOnWriteArrayList<>();
    /// What is not durable yet when [#slow].
    public final List<CompletableFuture<Void>> unacknowledged = new ArrayList<>();

    public volatile boolean slow;
    /// Writing fails from this line on.
    public volatile int failing = Integer.MAX_VALUE;

    /// Answers by job and requester.
    public volatile BiFunction<JobId, String, Answer> answers = (_, _) -> new Answer.Unknown();

    /// What was asked for last.
    public volatile String asked = "";

    @Override
    public CompletionStage<JobId> open(String requester) {
        written.add("opened by " + requester);
        return CompletableFuture.completedFuture(ID);
    }

    @Override
    public CompletionStage<Void> request(JobLine line, EnrollmentRequest request) {
        written.add(line.number() + " asks for " + request.device());
        requests.add(request);
        return acknowledged(line);
    }

    @Override
    public CompletionStage<Void> refused(JobLine line, String deviceId, LineFinding finding) {
        written.add(line.number() + " refused " + deviceId + " " + finding.rule() + ": " + finding.message());
        return acknowledged(line);
    }

    @Override
    public CompletionStage<Void> submitted(JobId job, int lines) {
        written.add("submitted " + lines);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Answer> progress(JobId job, String requester) {
        asked = "progress";
        return CompletableFuture.completedFuture(answers.apply(job, requester));
    }

    @Override
    public CompletableFuture<Answer> results(JobId job, String requester, int after, int limit) {
        asked = "results after " + after + " at most " + limit;
        return CompletableFuture.completedFuture(answers.apply(job, requester));
    }

    private synchronized CompletionStage<Void> acknowledged(JobLine line) {
        if (line.number() >= failing) {
            return CompletableFuture.failedFuture(new IllegalStateException("broker gone"));
        }
        var acknowledged = new CompletableFuture<Void>();
        if (slow) {
            unacknowledged.add(acknowledged);
        } else {
            acknowledged.complete(null);
        }
        return acknowledged;
    }
}
