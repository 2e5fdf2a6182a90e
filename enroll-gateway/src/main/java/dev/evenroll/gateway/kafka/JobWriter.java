package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobLine;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobOwner;
import dev.evenroll.gateway.job.LineFinding;
import dev.evenroll.gateway.job.ListedJob;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.JobInterrupted;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobLinesTaken;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Utils;

/// Writes bulk jobs.
///
/// The id of a job names the partition to which Kafka's own partitioner brings the records with that id as their key,
/// whoever writes them, and the end of that partition before the first of them is written. Random numbers are drawn
/// until both are true.
public final class JobWriter implements JobLog {

    private final GatewayProducer producer;
    private final Supplier<CompletableFuture<Map<Integer, Long>>> ends;
    private final JobRegister register;
    private final int mostOpen;
    private final String environment;
    private final InstantSource clock;

    /// @param ends asks for the end of each partition of `job.progressed`
    /// @param mostOpen jobs of one requester that may be open at a time
    public JobWriter(
            GatewayProducer producer,
            Supplier<CompletableFuture<Map<Integer, Long>>> ends,
            JobRegister register,
            int mostOpen,
            String environment,
            InstantSource clock) {
        this.producer = producer;
        this.ends = ends;
        this.register = register;
        this.mostOpen = mostOpen;
        this.environment = environment;
        this.clock = clock;
    }

    /// The partition to which records of a job are brought by their key.
    static int partition(JobId job, int partitions) {
        return Utils.toPositive(Utils.murmur2(job.value().getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    @Override
    public CompletionStage<Opening> open(RegistrationAuthority requester, String idempotencyKey) {
        var known = register.find(requester, idempotencyKey);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(
                    new Opening.Known(known.get().job()));
        }
        var open = register.of(requester).stream()
                .filter(listed -> !listed.submitted())
                .count();
        if (open >= mostOpen) {
            return CompletableFuture.completedFuture(new Opening.TooMany(Math.toIntExact(open)));
        }
        return ends.get().thenCompose(found -> {
            var job = draw(found);
            // Entered last: what is in the registry can be read and resumed.
            return write(job, new JobOpened(requester.name(), requester.issuerKeySha256()))
                    .thenCompose(_ -> register.enter(
                            new ListedJob(job, JobOwner.of(requester), idempotencyKey, clock.instant(), false)))
                    .thenApply(entered -> entered.equals(job) ? new Opening.Opened(job) : new Opening.Known(entered));
        });
    }

    private static JobId draw(Map<Integer, Long> ends) {
        while (true) {
            var uuid = UUID.randomUUID();
            for (var end : ends.entrySet()) {
                var job = new JobId(uuid, end.getKey(), end.getValue());
                if (partition(job, ends.size()) == job.partition()) {
                    return job;
                }
            }
        }
    }

    @Override
    public CompletionStage<Void> request(JobLine line, EnrollmentRequest request) {
        var device = request.device().value();
        return producer.send(
                Outgoing.to(
                        Topics.ENROLLMENT_REQUESTED,
                        environment,
                        device,
                        Events.requested(request, environment, clock.instant(), line)),
                device);
    }

    @Override
    public CompletionStage<Void> refused(JobLine line, String deviceId, LineFinding finding) {
        return write(
                line.job(),
                JobLineEnded.newBuilder()
                        .setLine(line.number())
                        .setDeviceId(deviceId)
                        .setEnrollmentId("")
                        .setResult(new Refused(List.of(new Finding(finding.rule(), finding.message()))))
                        .build());
    }

    @Override
    public CompletionStage<Void> taken(JobId job, int first, List<Long> digests) {
        return write(job, new JobLinesTaken(first, digests));
    }

    @Override
    public CompletionStage<Void> interrupted(JobId job, int lines) {
        return write(job, new JobInterrupted(lines));
    }

    @Override
    public CompletionStage<Void> submitted(JobId job, int lines) {
        return write(job, new JobSubmitted(lines)).thenCompose(_ -> register.submitted(job));
    }

    private CompletionStage<Void> write(JobId job, Object step) {
        return producer.send(
                Outgoing.toPartition(
                        Topics.JOB_PROGRESSED,
                        environment,
                        job.partition(),
                        job.value(),
                        JobProgressed.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setJobId(job.value())
                                .setStep(step)
                                .build()),
                job.value());
    }
}
