package dev.evenroll.kafka.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// Transforms the records of one batch, those of different keys at the same time.
///
/// A lane is what a batch holds of one key, in its order: one after the other. The threads are platform threads, as
/// many as work at a time: a call into native code would hold the carrier of a virtual one.
///
/// Belongs to the thread of its loop.
final class Workers implements AutoCloseable {

    /// Of one batch: what is waited for, or fails.
    @FunctionalInterface
    interface Work {
        List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> record) throws FaultException;
    }

    private final @Nullable ExecutorService pool;

    /// @param name of the loop
    /// @param parallelism so many records at a time; 1: the loop's own thread does it, in the order of the records
    Workers(String name, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism: is " + parallelism + "; a loop needs a thread to work");
        }
        this.pool = parallelism == 1
                ? null
                : Executors.newFixedThreadPool(
                        parallelism,
                        Thread.ofPlatform()
                                .name("loop-" + name + "-worker-", 1)
                                .daemon()
                                .factory());
    }

    /// What follows from each record, in the order of the records. Returns, or throws, only when nothing is at work any
    /// more.
    ///
    /// @param wanted asked before each record; when it is not any more, the rest is left
    /// @throws FaultException that of the first record which has one; what is not begun then is left
    /// @throws WakeupException when something was left since it is not wanted any more
    List<ProducerRecord<String, byte[]>> transform(
            Iterable<ConsumerRecord<String, byte[]>> batch, Work work, BooleanSupplier wanted) throws FaultException {
        var batchAtWork = new BatchAtWork(work, wanted);
        var tasks = new ArrayList<FutureTask<List<ProducerRecord<String, byte[]>>>>();
        var lanes = new LinkedHashMap<@Nullable String, Lane>();
        for (var record : batch) {
            var task = new FutureTask<>(() -> batchAtWork.apply(record));
            tasks.add(task);
            lanes.computeIfAbsent(record.key(), _ -> new Lane()).add(task);
        }
        if (pool == null) {
            tasks.forEach(FutureTask::run);
        } else {
            lanes.values().forEach(pool::execute);
        }
        var results = new ArrayList<ProducerRecord<String, byte[]>>();
        Throwable failure = null;
        for (var task : tasks) {
            try {
                results.addAll(ended(task));
            } catch (ExecutionException e) {
                failure = worse(failure, Objects.requireNonNull(e.getCause()));
            }
        }
        throwIfAny(failure);
        return results;
    }

    /// Not to be interrupted: while something is at work, nothing else may be done with the batch.
    private static <T> T ended(FutureTask<T> task) throws ExecutionException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The first failure, but one that has a reason rather than that something was left.
    private static Throwable worse(@Nullable Throwable one, Throwable other) {
        return one == null || one instanceof WakeupException ? other : one;
    }

    private static void throwIfAny(@Nullable Throwable failure) throws FaultException {
        switch (failure) {
            case null -> {}
            case FaultException fault -> throw fault;
            case RuntimeException broken -> throw broken;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a transformation throws nothing else", failure);
        }
    }

    /// The records of one key.
    private static final class Lane implements Runnable {
        private final List<Runnable> tasks = new ArrayList<>();

        void add(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void run() {
            tasks.forEach(Runnable::run);
        }
    }

    /// Leaves what is not begun when the batch is lost anyway, or not wanted any more.
    private static final class BatchAtWork {
        private final Work work;
        private final BooleanSupplier wanted;
        private volatile boolean lost;

        BatchAtWork(Work work, BooleanSupplier wanted) {
            this.work = work;
            this.wanted = wanted;
        }

        List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> record) throws FaultException {
            if (lost || !wanted.getAsBoolean()) {
                throw new WakeupException();
            }
            var done = false;
            try {
                var results = work.apply(record);
                done = true;
                return results;
            } finally {
                // Only ever set: what is read and written back could forget the fault of another thread.
                if (!done) {
                    lost = true;
                }
            }
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            // What waits in it finds that it is not wanted any more.
            pool.shutdown();
        }
    }
}
