package dev.evenroll.kafka.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// What of the stores of this process is committed, so that nobody is told what may yet be undone
/// (docs/adr/0013).
///
/// A store is changed at once, its transaction commits later. Between the two, the partition of the store is
/// uncommitted. After an abort it stays so until its task begins anew on what is committed, because stores are
/// still readable for a moment then.
///
/// A stream thread has one transaction at a time: what says nothing of the thread is called by the thread
/// itself. Reading is safe for many threads.
public final class Commits {

    private final ThreadLocal<Transaction> open = ThreadLocal.withInitial(Transaction::new);
    /// Each counts down when what is uncommitted now has ended, one way or the other.
    private final ConcurrentMap<Place, CountDownLatch> uncommitted = new ConcurrentHashMap<>();
    /// Counts what has been undone, and what has begun anew after that: what was seen before counts no more.
    private final AtomicLong undone = new AtomicLong();

    private record Place(String store, int partition) {}

    private static final class Transaction {

        private final Set<Place> changed = new HashSet<>();
        private final List<Runnable> notices = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
    }

    /// The partition of a store, in the hands of its task.
    public final class Part {

        private final Place place;

        private Part(Place place) {
            this.place = place;
        }

        /// Has to be called before each change.
        public void changing() {
            var transaction = open.get();
            if (transaction.changed.add(place)) {
                uncommitted.put(place, transaction.ended);
            }
        }
    }

    /// A look at a store.
    public interface Look<T, E extends Exception> {

        T look() throws E;
    }

    /// A task begins, and its store holds what is committed.
    public Part begun(String store, int partition) {
        var place = new Place(store, partition);
        if (uncommitted.containsKey(place)) {
            // First: whoever has seen what was undone, and finds nothing that is uncommitted, looks again.
            undone.incrementAndGet();
            uncommitted.remove(place).countDown();
        }
        return new Part(place);
    }

    /// Tells something once the transaction is committed, and never if it is not.
    ///
    /// @param notice takes no time, and does not fail
    public void whenCommitted(Runnable notice) {
        open.get().notices.add(notice);
    }

    /// The transaction is committed.
    public void committed() {
        var transaction = open.get();
        open.remove();
        transaction.changed.forEach(place -> uncommitted.remove(place, transaction.ended));
        transaction.ended.countDown();
        transaction.notices.forEach(Runnable::run);
    }

    /// The transaction is undone, or it is not known what became of it.
    public void aborted() {
        var transaction = open.get();
        open.remove();
        transaction.changed.forEach(place -> uncommitted.replace(place, transaction.ended, new CountDownLatch(1)));
        // Before those who wait are woken: they look again.
        undone.incrementAndGet();
        transaction.ended.countDown();
    }

    /// Looks at a store, and waits until what was seen is committed.
    ///
    /// @param partitions those that were looked at
    /// @throws TimeoutException when it is not committed in time
    public <T, E extends Exception> T read(
            String store, Look<T, E> look, Function<T, Set<Integer>> partitions, Duration limit)
            throws E, TimeoutException, InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var before = undone.get();
            var seen = look.look();
            for (var partition : partitions.apply(seen)) {
                var ended = uncommitted.get(new Place(store, partition));
                if (ended != null && !ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new TimeoutException(
                            "What partition " + partition + " of " + store + " holds is not committed in time.");
                }
            }
            if (undone.get() == before) {
                return seen;
            }
        }
    }
}
