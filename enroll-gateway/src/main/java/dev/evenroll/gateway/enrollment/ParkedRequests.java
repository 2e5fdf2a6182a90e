package dev.evenroll.gateway.enrollment;

import dev.evenroll.pki.identity.EnrollmentId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The devices that wait for the outcome of their enrollment.
///
/// Several that wait for the same enrollment share one place: a repeated request *is* the same enrollment.
/// The number of those that wait is bounded. Nothing here outlives the process: a device that lost its
/// gateway comes again. Safe for use by many threads.
public final class ParkedRequests {

    /// What one waiting request holds.
    public static final class Place {
        private final EnrollmentId id;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private int waiting;
        private volatile boolean durable;

        private Place(EnrollmentId id) {
            this.id = id;
        }

        /// Completed when the outcome is known.
        CompletableFuture<Answer> answer() {
            return answer;
        }

        /// Notes that the pipeline has the request.
        void durable() {
            durable = true;
        }

        /// Whether the pipeline has the request.
        boolean isDurable() {
            return durable;
        }
    }

    /// A place, and whether nobody had it before.
    ///
    /// @param place the place
    /// @param first whether the request has still to be handed to the pipeline
    record Parked(Place place, boolean first) {}

    private final int limit;
    private final Map<EnrollmentId, Place> places = new HashMap<>();
    private int waiting;

    /// @param limit how many requests may wait
    public ParkedRequests(int limit) {
        this.limit = limit;
    }

    /// Parks a request; empty when too many wait already.
    synchronized Optional<Parked> park(EnrollmentId id) {
        if (waiting >= limit) {
            return Optional.empty();
        }
        waiting++;
        var known = places.get(id);
        var place = known == null ? new Place(id) : known;
        place.waiting++;
        places.put(id, place);
        return Optional.of(new Parked(place, known == null));
    }

    /// One request no longer waits, answered or not.
    synchronized void leave(Place place) {
        waiting--;
        place.waiting--;
        if (place.waiting == 0) {
            places.remove(place.id, place);
        }
    }

    /// Answers everybody who waits for an enrollment.
    ///
    /// @return whether anybody did
    public boolean answer(EnrollmentId id, Answer answer) {
        var place = take(id);
        // Outside the lock: whoever waits goes on in this thread.
        return place != null && place.answer.complete(answer);
    }

    /// How many requests wait.
    public synchronized int waiting() {
        return waiting;
    }

    private synchronized @Nullable Place take(EnrollmentId id) {
        return places.remove(id);
    }
}
