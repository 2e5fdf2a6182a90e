package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.BatchAnswer;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.cli.administration.RowAnswer;
import dev.evenroll.cli.files.FileDigest;
import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.cli.files.ProcessLock;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One import of a file of devices.
///
/// Batches are sent a few at a time and concluded in the order of the file: what was rejected is written down, then the
/// journal says that the batch is done. Whatever is interrupted between is sent again under its old name, which the
/// registry takes for the same batch. A row is sent as a whole or not at all.
///
/// Owned by one thread.
public final class DeviceImport {

    private final ImportPlan plan;
    private final BatchSink sink;
    private final ImportListener listener;
    private Journal journal;
    private final Path journalFile;

    private DeviceImport(ImportPlan plan, BatchSink sink, ImportListener listener, Journal journal) {
        this.plan = plan;
        this.sink = sink;
        this.listener = listener;
        this.journal = journal;
        this.journalFile = Journal.file(plan.journals(), journal.digest());
    }

    /// Imports a file.
    ///
    /// @param standardInput read when the plan names no file
    /// @throws UnusableFileException when it can not be a file of devices
    /// @throws FaultException when the registry was not reached in time: the import can be taken up again
    public static Tally run(ImportPlan plan, InputStream standardInput, BatchSink sink, ImportListener listener)
            throws IOException, UnusableFileException, FaultException, FinalException, InterruptedException {
        var digest = plan.file().isPresent() ? FileDigest.of(plan.file().get()) : FileDigest.random();
        var begun = Journal.begin(digest, plan.update(), ImportPlan.BATCH_ROWS, plan.rejected(), new SecureRandom());
        var running = new DeviceImport(plan, sink, listener, begun);
        try (var in = plan.file().isPresent()
                ? new BufferedInputStream(Files.newInputStream(plan.file().get()))
                : standardInput) {
            var batches = new Batch.Reader(RowReader.of(plan.format(), in), ImportPlan.BATCH_ROWS);
            return running.run(batches);
        }
    }

    private Tally run(Batch.Reader batches)
            throws IOException, UnusableFileException, FaultException, FinalException, InterruptedException {
        if (plan.file().isEmpty()) {
            return enterAll(batches);
        }
        OwnerOnly.directory(plan.journals());
        // Two imports of one file would write one journal.
        try (var _ = ProcessLock.take(plan.journals().resolve("lock"), journal.number())
                .orElseThrow(() -> new UnusableFileException(
                        "Another import of the same file is running: let it end, or end it and run this one again."))) {
            return enterAll(batches);
        }
    }

    private Tally enterAll(Batch.Reader batches)
            throws IOException, FaultException, FinalException, InterruptedException {
        var left =
                plan.file().isEmpty() || plan.fromBeginning() ? Optional.<Journal>empty() : Journal.read(journalFile);
        if (left.isPresent() && left.get().serves(journal)) {
            journal = left.get();
            listener.resumed(journal.tally().rows());
        }
        try (var rejected = journal.batches() > 0
                ? RejectedRows.resume(journal.rejected(), journal.rejectedBytes())
                : RejectedRows.begin(journal.rejected())) {
            sendAll(batches, rejected);
            rejected.end(journal.tally().rejected() == 0);
        }
        Files.deleteIfExists(journalFile);
        return journal.tally();
    }

    private void sendAll(Batch.Reader batches, RejectedRows rejected)
            throws IOException, FaultException, FinalException, InterruptedException {
        var underWay = new ArrayDeque<Future<Answered>>();
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (var next = batches.next(); next.isPresent(); next = batches.next()) {
                // Read again all the same, so that a device is found that stands in the file twice.
                if (next.get().number() < journal.batches()) {
                    continue;
                }
                if (underWay.size() == ImportPlan.IN_FLIGHT) {
                    conclude(underWay.remove(), rejected);
                }
                underWay.add(send(next.get(), executor));
            }
            while (!underWay.isEmpty()) {
                conclude(underWay.remove(), rejected);
            }
        } finally {
            // When one batch has failed for good the others need not be waited for: they are sent again.
            executor.shutdownNow();
        }
    }

    /// A batch and what the registry said to its good rows.
    private record Answered(Batch batch, BatchAnswer answer) {}

    private Future<Answered> send(Batch batch, ExecutorService executor) {
        var key = journal.idempotencyKey(batch.number());
        return executor.submit(() -> new Answered(batch, answer(batch, key)));
    }

    /// Usually one call; long rows are divided, for the registry takes so many bytes at once and no more.
    private BatchAnswer answer(Batch batch, String key) throws FaultException, FinalException, InterruptedException {
        var whole = BatchAnswer.NONE;
        var rows = new StringBuilder();
        int first = 0;
        var good = batch.good();
        for (int i = 0; i < good.size(); i++) {
            var row = good.get(i).wire();
            if (rows.length() + row.length() > ImportPlan.BATCH_CHARACTERS) {
                whole = whole.and(answer(rows.toString(), i - first, key + "." + first));
                rows.setLength(0);
                first = i;
            }
            rows.append(row);
        }
        return rows.isEmpty()
                ? whole
                : whole.and(answer(rows.toString(), good.size() - first, first == 0 ? key : key + "." + first));
    }

    private BatchAnswer answer(String rows, int count, String key)
            throws FaultException, FinalException, InterruptedException {
        var answer = sink.enter(rows, key);
        var answers = answer.rows().stream()
                .sorted(Comparator.comparingInt(RowAnswer::row))
                .toList();
        for (int i = 0; i < count; i++) {
            if (answers.size() != count || answers.get(i).row() != i + 1) {
                throw new FaultException(
                        "csr-validator did not answer each of the " + count + " rows of a batch.", Optional.empty());
            }
        }
        return new BatchAnswer(answers, answer.warnings());
    }

    private void conclude(Future<Answered> sent, RejectedRows rejected)
            throws IOException, FaultException, FinalException, InterruptedException {
        var answered = result(sent);
        var tally = journal.tally();
        var good = answered.batch().good();
        var turnedDown = new ArrayList<>(answered.batch().bad());
        for (var _ : turnedDown) {
            tally = tally.and(RowAnswer.Result.INVALID);
        }
        for (int i = 0; i < good.size(); i++) {
            var answer = answered.answer().rows().get(i);
            tally = tally.and(answer.result());
            if (!answer.result().isGood()) {
                turnedDown.add(new Row.Bad(good.get(i).line(), good.get(i).deviceId(), reasons(answer)));
            }
        }
        turnedDown.sort(Comparator.comparingLong(Row.Bad::line));
        for (var row : turnedDown) {
            rejected.add(row.line(), row.deviceId(), row.errors());
        }
        journal = journal.done(rejected.secured(), tally);
        if (plan.file().isPresent()) {
            journal.write(journalFile);
        }
        answered.answer().warnings().forEach(listener::warned);
        listener.progressed(tally, answered.batch().bytesRead());
    }

    private static List<FieldError> reasons(RowAnswer answer) {
        return answer.errors().isEmpty()
                ? List.of(new FieldError("", "the registry said " + answer.result() + " without a reason"))
                : answer.errors();
    }

    private static Answered result(Future<Answered> sent) throws FaultException, FinalException, InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case FaultException fault -> throw fault;
                case FinalException last -> throw last;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException("A batch could not be sent.", e.getCause());
            }
        }
    }
}
