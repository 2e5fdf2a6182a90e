package dev.evenroll.gateway;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobLine;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.JobRegistry;
import dev.evenroll.gateway.job.LineFinding;
import dev.evenroll.gateway.job.ListedJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/// Jobs in memory: keeps what is written in words, in order, and answers what it is told to answer.
public final class FakeJobs implements JobLog, JobQueries, JobRegistry {

    public static final JobId ID = new JobId(new UUID(1, 2), 3, 4);

    public final List<String> written = Collections.synchronizedList(new ArrayList<>());
    public final List<EnrollmentRequest> requests = new CopyOnWriteArrayList<>();
    /// How far uploads have come, in words.
    public final List<String> told = new CopyOnWriteArrayList<>();
    /// The digests of the lines that were told to be durable.
    public final List<Long> digests = Collections.synchronizedList(new ArrayList<>());

    /// Who opened a job or asked for one, as often as that happened.
    public final List<RegistrationAuthority> requesters = new CopyOnWriteArrayList<>();

    public final List<ListedJob> listed = new CopyOnWriteArrayList<>();
    /// What is not durable yet when [#slow].
    public final List<CompletableFuture<Void>> unacknowledged = new ArrayList<>();

    /// What becomes of a wish for a job.
    public volatile Opening opening = new Opening.Opened(ID);

    public volatile boolean slow;
    /// Writing fails from this line on.
    public volatile int failing = Integer.MAX_VALUE;

    /// Answers by job and requester.
    public volatile BiFunction<JobId, RegistrationAuthority, Answer> answers = (_, _) -> new Answer.Unknown();

    /// What was asked for last.
    public volatile String asked = "";

    @Override
    public CompletionStage<Opening> open(RegistrationAuthority requester, String idempotencyKey) {
        requesters.add(requester);
        written.add("opened by " + requester.name() + (idempotencyKey.isEmpty() ? "" : " as " + idempotencyKey));
        return CompletableFuture.completedFuture(opening);
    }

    @Override
    public CompletionStage<Void> taken(JobId job, int first, List<Long> lines) {
        told.add("taken " + first + " to " + (first + lines.size() - 1));
        digests.addAll(lines);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> interrupted(JobId job, int lines) {
        told.add("interrupted at " + lines);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public List<ListedJob> of(RegistrationAuthority requester) {
        requesters.add(requester);
        return listed.stream().filter(job -> job.owner().is(requester)).toList().reversed();
    }

    @Override
    public CompletableFuture<Answer> standing(JobId job, RegistrationAuthority requester) {
        requesters.add(requester);
        asked = "standing";
        return CompletableFuture.completedFuture(answers.apply(job, requester));
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
    public CompletableFuture<Answer> progress(JobId job, RegistrationAuthority requester) {
        requesters.add(requester);
        asked = "progress";
        return CompletableFuture.completedFuture(answers.apply(job, requester));
    }

    @Override
    public CompletableFuture<Answer> results(JobId job, RegistrationAuthority requester, int after, int limit) {
        requesters.add(requester);
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
