package dev.evenroll.cli.process;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;

/// What was to be started could not be; the message says what stood in the way and what to do.
public final class FailedStartException extends FailedCommandException {

    public FailedStartException(String message) {
        super(ExitCode.FAILED, message);
    }

    public FailedStartException(String message, Throwable cause) {
        super(ExitCode.FAILED, message, cause);
    }
}
