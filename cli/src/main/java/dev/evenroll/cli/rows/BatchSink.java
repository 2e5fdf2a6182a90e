package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.BatchAnswer;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;

/// Where batches go: the registry. Called from several threads at once.
@FunctionalInterface
public interface BatchSink {

    /// Enters the rows of a batch, each as a whole or not at all. Repeated with the same key it is the same batch.
    ///
    /// @param rows JSON lines
    BatchAnswer enter(String rows, String idempotencyKey) throws FaultException, FinalException, InterruptedException;
}
