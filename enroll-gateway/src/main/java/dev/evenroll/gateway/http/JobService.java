package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.est.EstResponse.Field;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobIntake;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.JobRegistry;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.gateway.observation.Observations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The bulk interface for stations of factory lines: `POST /jobs`, `POST /jobs/<id>/lines`, `GET /jobs`,
/// `GET /jobs/<id>`, `GET /jobs/<id>/results`. What is posted goes to [JobReception].
///
/// Only for the certificate of a registration authority; whose devices it speaks for, csr-validator says at each
/// line. Nobody learns whether another's job exists.
public final class JobService {

    private static final String NO_LINE = "after: is not a number of a line; give the last line that you have, or 0.";
    private static final int MOST_RESULTS = 1_000;
    private static final int USUAL_RESULTS = 500;
    private static final int MOST_JOBS = 100;

    private final Door door;
    private final JobQueries queries;
    private final JobRegistry registry;
    private final JobReception reception;
    private final Observations observations;
    private final JobDocuments documents;

    /// The interface behind a door.
    public JobService(
            Door door,
            JobQueries queries,
            JobRegistry registry,
            JobReception reception,
            Observations observations,
            CaCertificates caCertificates) {
        this.door = door;
        this.queries = queries;
        this.registry = registry;
        this.reception = reception;
        this.observations = observations;
        this.documents = new JobDocuments(caCertificates);
    }

    /// Answers one request.
    void handle(JobTarget target, Exchange exchange) {
        var methods = target.methods();
        if (!(target instanceof JobTarget.Unknown)
                && !List.of(methods.split(", ", -1)).contains(exchange.method())) {
            exchange.answer(JobDocuments.problem(
                    EstOutcome.WRONG_METHOD,
                    "Only the method " + methods.replace(", ", " or ") + " is taken here.",
                    new Field("Allow", methods)));
            return;
        }
        switch (door.enterJobs(exchange)) {
            case Door.Entry.Shut shut -> refuse(exchange, shut.kind(), shut.subject(), shut.response());
            case Door.Entry.Open(var requester) -> {
                if (requester instanceof CertificateHolder holder
                        && holder.registrationAuthority().isPresent()) {
                    route(target, holder, holder.registrationAuthority().get(), exchange);
                } else {
                    refuse(
                            exchange,
                            Optional.of(Kind.AUTHENTICATION_FAILED),
                            requester.subject(),
                            EstResponse.text(
                                    EstOutcome.REFUSED,
                                    "The client certificate has no single common name (CN), by which a registration"
                                            + " authority is known; have it issued with one."));
                }
            }
        }
    }

    private void route(
            JobTarget target, CertificateHolder requester, RegistrationAuthority authority, Exchange exchange) {
        switch (target) {
            case JobTarget.Jobs() -> {
                if (exchange.method().equals("GET")) {
                    list(authority, exchange);
                } else {
                    reception
                            .open(requester, authority, exchange)
                            .ifPresent(words -> malformed(exchange, requester, words));
                }
            }
            case JobTarget.Lines(var job) -> {
                var after = number(exchange, "after", 0, 0, JobIntake.MAXIMUM_LINES);
                if (after.isEmpty()) {
                    exchange.answer(JobDocuments.problem(EstOutcome.MALFORMED, NO_LINE));
                } else {
                    reception
                            .resume(requester, authority, job, after.getAsInt(), exchange)
                            .ifPresent(words -> malformed(exchange, requester, words));
                }
            }
            case JobTarget.Progress(var job) ->
                answer(queries.progress(job, authority), exchange, answer -> document(job, answer));
            case JobTarget.Results(var job) -> results(job, authority, exchange);
            case JobTarget.Unknown() -> exchange.answer(unknown());
        }
    }

    private void list(RegistrationAuthority authority, Exchange exchange) {
        if (!registry.complete()) {
            exchange.answer(unavailable("The list of jobs is still being read."));
            return;
        }
        var key = exchange.parameter("idempotencyKey");
        exchange.answer(JobDocuments.list(registry.of(authority).stream()
                .filter(job -> key.isEmpty() || key.get().equals(job.idempotencyKey()))
                .limit(MOST_JOBS)
                .toList()));
    }

    private void results(JobId job, RegistrationAuthority authority, Exchange exchange) {
        var after = number(exchange, "after", 0, 0, Integer.MAX_VALUE - 1);
        var limit = number(exchange, "limit", USUAL_RESULTS, 1, MOST_RESULTS);
        if (after.isEmpty() || limit.isEmpty()) {
            exchange.answer(JobDocuments.problem(
                    EstOutcome.MALFORMED,
                    (after.isEmpty() ? NO_LINE : "limit: is not a number from 1 to " + MOST_RESULTS + ".")));
        } else {
            answer(
                    queries.results(job, authority, after.getAsInt(), limit.getAsInt()),
                    exchange,
                    answer -> document(job, answer));
        }
    }

    private static OptionalInt number(Exchange exchange, String name, int otherwise, int least, int most) {
        var text = exchange.parameter(name);
        try {
            var number = text.isEmpty() ? otherwise : Integer.parseInt(text.get());
            return number < least || number > most ? OptionalInt.empty() : OptionalInt.of(number);
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    private EstResponse document(JobId job, JobQueries.Answer answer) {
        return switch (answer) {
            case JobQueries.Answer.Progress progress -> JobDocuments.progress(job, progress);
            case JobQueries.Answer.Results(var lines) -> documents.results(lines);
            case JobQueries.Answer.Unknown() -> unknown();
            case JobQueries.Answer.Busy(var reason) -> unavailable(reason);
            case JobQueries.Answer.Standing _ -> throw new IllegalStateException("Nobody asked for it.");
        };
    }

    private static void answer(
            CompletableFuture<JobQueries.Answer> found,
            Exchange exchange,
            Function<JobQueries.Answer, EstResponse> document) {
        exchange.waits();
        var _ = found.whenComplete((answer, failure) -> exchange.onEventLoop(() -> {
            if (failure == null) {
                exchange.guarded(() -> exchange.answer(document.apply(answer)));
            } else {
                exchange.fault(failure);
            }
        }));
    }

    static EstResponse unavailable(String detail) {
        return JobDocuments.problem(
                EstOutcome.UNAVAILABLE,
                detail,
                new Field("Retry-After", Long.toString(EstResponse.RETRY_AFTER.toSeconds())));
    }

    static EstResponse unknown() {
        return JobDocuments.problem(
                EstOutcome.UNKNOWN_TARGET,
                "There is no such job of this requester; jobs are kept for 30 days, and only the registration"
                        + " authority that opened one may read it: the same common name (CN), certified by the same CA.");
    }

    private void malformed(Exchange exchange, CertificateHolder requester, EstResponse words) {
        refuse(exchange, Optional.of(Kind.REQUEST_MALFORMED), requester.subject(), words);
    }

    /// Reports, then answers with the same words as a problem.
    private void refuse(Exchange exchange, Optional<Kind> kind, String subject, EstResponse words) {
        var detail = words.body().strip();
        kind.ifPresent(found -> observations.report(new Observation(
                found,
                subject,
                detail,
                Map.of(
                        "remoteAddress",
                        exchange.remoteAddress(),
                        "outcome",
                        words.outcome().label()))));
        var retryAfter = words.fields().stream()
                .filter(field -> field.name().equals("Retry-After"))
                .toArray(Field[]::new);
        exchange.answer(JobDocuments.problem(words.outcome(), detail, retryAfter));
    }
}
