package dev.evenroll.gateway.enrollment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The gateway's part of an enrollment: hands the request to the pipeline (step 1 of the enrollment cycle),
/// parks it, and answers when the outcome comes back, or after a while with "later" (step 6).
public final class Enrollments {

    private final EnrollmentRequests requests;
    private final ReplyAddress replyAddress;
    private final ParkedRequests parked;
    private final Duration wait;

    /// @param wait how long a device is kept waiting
    public Enrollments(EnrollmentRequests requests, ReplyAddress replyAddress, ParkedRequests parked, Duration wait) {
        this.requests = requests;
        this.replyAddress = replyAddress;
        this.parked = parked;
        this.wait = wait;
    }

    /// Asks the pipeline for a certificate.
    ///
    /// @return always completed with an answer, at the latest after the wait; by whichever thread knows it
    public CompletableFuture<Answer> enroll(EnrollmentRequest request) {
        var partition = replyAddress.partition();
        if (partition.isEmpty()) {
            return unavailable("This gateway has no reply address at the moment; send the request again.");
        }
        var parking = parked.park(request.id());
        if (parking.isEmpty()) {
            return unavailable("Too many requests wait at this gateway; send the request again.");
        }
        var place = parking.get().place();
        // A copy: the deadline of this request is not the deadline of the others that wait for the same enrollment.
        var answer = place.answer()
                .copy()
                .completeOnTimeout(new Answer.Later(), wait.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(found -> found instanceof Answer.Later && !place.isDurable() ? unwritten() : found)
                .whenComplete((_, _) -> parked.leave(place));
        if (parking.get().first()) {
            submit(request, partition.getAsInt(), place);
        }
        return answer;
    }

    private void submit(EnrollmentRequest request, int partition, ParkedRequests.Place place) {
        requests.submit(request, partition).whenComplete((_, failure) -> {
            if (failure == null) {
                place.durable();
            } else {
                parked.answer(request.id(), unwritten());
            }
        });
    }

    private static Answer unwritten() {
        return new Answer.Unavailable(
                "It is not known whether the enrollment pipeline has the request; send the same request again.");
    }

    private static CompletableFuture<Answer> unavailable(String reason) {
        return CompletableFuture.completedFuture(new Answer.Unavailable(reason));
    }
}
