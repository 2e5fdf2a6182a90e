package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.job.JobIntake;
import dev.evenroll.gateway.job.JobIntake.Ending;
import dev.evenroll.gateway.job.JobLog;
import java.time.Duration;

/// The body of one `POST /jobs`: read as fast as its lines become durable. Confined to the connection's event loop.
final class JobUpload implements JobIntake.Source {

    private final Exchange exchange;
    private final JobIntake intake;
    private final Runnable over;
    private boolean ended;

    /// @param over told once, when there is nothing more to do
    JobUpload(Exchange exchange, CertificateHolder requester, JobLog log, JobIntake.Pace pace, Runnable over) {
        this.exchange = exchange;
        this.over = over;
        this.intake = new JobIntake(log, requester, exchange.remoteAddress(), exchange::onEventLoop, pace, this);
    }

    /// Begins to read.
    ///
    /// @param name CN of the requester's certificate
    void begin(String name) {
        exchange.stream(
                part -> exchange.guarded(() -> {
                    exchange.hold();
                    intake.take(part);
                }),
                () -> exchange.guarded(intake::end),
                this::brokenOff);
        intake.open(name);
    }

    @Override
    public void more() {
        exchange.goOn(() -> finish(JobDocuments.problem(
                EstOutcome.TOO_SLOW,
                "Nothing more of the job came for a while; post the same lines again, what is done stays done.")));
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
                    case Ending.Unwritten() ->
                        JobService.unavailable("It is not known whether the enrollment pipeline has all lines; post"
                                + " the same lines again, what is done stays done.");
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
