package dev.evenroll.gateway;

import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.EnrollmentRequests;
import dev.evenroll.gateway.enrollment.ParkedRequests;
import dev.evenroll.gateway.enrollment.ReplyAddress;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.gateway.observation.Observations;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What stands behind the gateway, in memory: takes requests and observations, answers what it is told to answer.
public final class FakePipeline implements EnrollmentRequests, ReplyAddress, Observations {

    public final List<EnrollmentRequest> requests = new CopyOnWriteArrayList<>();
    public final List<Observation> observations = new CopyOnWriteArrayList<>();
    public volatile OptionalInt replyPartition = OptionalInt.of(3);
    public volatile CompletionStage<Void> written = CompletableFuture.completedFuture(null);
    /// The answer to a request, given at once; none when it is null.
    public volatile Function<EnrollmentRequest, @Nullable Answer> behaviour = _ -> null;

    public final ParkedRequests parked;

    public FakePipeline(int limit) {
        parked = new ParkedRequests(limit);
    }

    @Override
    public CompletionStage<Void> submit(EnrollmentRequest request, int partition) {
        requests.add(request);
        var answer = behaviour.apply(request);
        if (answer != null) {
            parked.answer(request.id(), answer);
        }
        return written;
    }

    @Override
    public OptionalInt partition() {
        return replyPartition;
    }

    @Override
    public void report(Observation observation) {
        observations.add(observation);
    }

    /// Kinds of the observations so far.
    public List<Observation.Kind> observed() {
        return observations.stream().map(Observation::kind).toList();
    }
}
