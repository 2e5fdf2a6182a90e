package dev.evenroll.cli.stack;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;

/// There is no stack to speak to in the data directory that was named.
public final class NoStackException extends FailedCommandException {

    NoStackException(String message) {
        super(ExitCode.UNREACHABLE, message);
    }
}
