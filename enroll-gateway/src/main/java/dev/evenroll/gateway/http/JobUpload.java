package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobIntake;
import dev.evenroll.gateway.job.JobIntake.Ending;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobLog.Opening;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.JobQueries.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The body of one post of lines: read as fast as its lines become durable and may come. Confined to the connection's
/// event loop.
final class JobUpload implements JobIntake.Source {

    private final Exchange exchange;
    private final JobLog log;
    private final JobQueries queries;
    private final JobIntake intake;
    private final Runnable over;
    private boolean ended;

    /// @param over told once, when there is nothing more to do
    JobUpload(
            Exchange exchange,
            CertificateHolder requester,
            JobLog log,
            JobQueries queries,
            JobIntake.Pace pace,
            InstantSource clock,
            Runnable over) {
        this.exchange = exchange;
        this.log = log;
        this.queries = queries;
        this.over = over;
        this.intake = new JobIntake(log, requester, exchange.remoteAddress(), exchange::onEventLoop, pace, clock, this);
        exchange.stream(
                part -> exchange.guarded(() -> {
                    exchange.hold();
                    intake.take(part);
                }),
                () -> exchange.guarded(intake::end),
                this::brokenOff);
    }

    /// Begins a job, or goes on with the one of this name.
    ///
    /// @param authority whose job it is
    /// @param idempotencyKey what its station calls the job; empty for a new job in any case
    void open(RegistrationAuthority authority, String idempotencyKey) {
        after(log.open(authority, idempotencyKey), opening -> {
            switch (opening) {
                case Opening.Opened(var job) -> intake.begin(job, 0, Answer.Standing.NEW);
                case Opening.Known(var job) -> resume(authority, job, 0);
                case Opening.TooMany(var open) ->
                    finish(JobDocuments.problem(
                            EstOutcome.CONFLICT,
                            "This registration authority has " + open + " jobs that are not submitted; go on with them"
                                    + " first: GET " + JobTarget.PATH + " lists them, and GET " + JobTarget.PATH
                                    + "/ID says how."));
            }
        });
    }

    /// Goes on with a job.
    ///
    /// @param after number of the line behind which the posted lines begin
    void resume(RegistrationAuthority authority, JobId job, int after) {
        after(queries.standing(job, authority), answer -> {
            switch (answer) {
                case Answer.Standing standing -> {
                    var taken = standing.taken().count();
                    if (after > taken) {
                        finish(JobDocuments.problem(
                                EstOutcome.CONFLICT,
                                "after: is " + after + ", but only " + taken + " lines have been taken; post the lines"
                                        + " behind them to " + JobDocuments.goOn(job, taken) + "."));
                    } else {
                        intake.begin(job, after, standing);
                    }
                }
                case Answer.Unknown() -> finish(JobService.unknown());
                case Answer.Busy(var reason) -> finish(JobService.unavailable(reason));
                case Answer.Progress _, Answer.Results _ -> throw new IllegalStateException("Nobody asked for it.");
            }
        });
    }

    private <T> void after(CompletionStage<T> step, Consumer<T> next) {
        step.whenCompleteAsync(
                (value, failure) -> exchange.guarded(() -> {
                    if (ended) {
                        return;
                    }
                    if (failure == null) {
                        next.accept(value);
                    } else {
                        finish(JobService.unavailable("The job could not be opened, or it is not known whether it is;"
                                + " post it again, with the same Idempotency-Key if it had one."));
                    }
                }),
                exchange::onEventLoop);
    }

    @Override
    public void more() {
        exchange.goOn(() -> finish(JobDocuments.problem(
                EstOutcome.TOO_SLOW,
                "Nothing more of the job came for a while; ask with GET how far it is, and go on from there.")));
    }

    @Override
    public void rest(Duration duration) {
        exchange.after(duration, () -> exchange.guarded(intake::goOn));
    }

    @Override
    public void done(Ending ending) {
        finish(
                switch (ending) {
                    case Ending.Submitted(var job, var lines, var refused) ->
                        JobDocuments.submitted(job, lines, refused);
                    case Ending.TooManyLines(var job) ->
                        JobDocuments.problem(
                                EstOutcome.TOO_LARGE,
                                "A job has at most " + JobIntake.MAXIMUM_LINES + " lines; so many have been taken as "
                                        + job + ". Post the lines behind them as another job.",
                                JobDocuments.location(job));
                    case Ending.Different(var job, var line) ->
                        JobDocuments.problem(
                                EstOutcome.CONFLICT,
                                "line " + line + ": is another than the one that was taken under this number as " + job
                                        + "; post the lines as they were, or those that have changed as another job.",
                                JobDocuments.location(job));
                    case Ending.Complete(var job, var lines) ->
                        JobDocuments.problem(
                                EstOutcome.CONFLICT,
                                "The job " + job + " has been submitted with " + lines + " lines; post the lines behind"
                                        + " them as another job.",
                                JobDocuments.location(job));
                    case Ending.Unwritten(var job) ->
                        JobService.unavailable("It is not known whether the enrollment pipeline has all lines; ask with"
                                + " GET " + JobDocuments.path(job) + " how many it has, and go on from there.");
                });
    }

    private void brokenOff() {
        if (!ended) {
            ended = true;
            intake.abandon();
            exchange.gone();
            over.run();
        }
    }

    private void finish(EstResponse response) {
        if (!ended) {
            ended = true;
            intake.abandon();
            over.run();
            exchange.answer(response);
        }
    }
}
