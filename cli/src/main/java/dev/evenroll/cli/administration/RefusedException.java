package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FinalException;

/// An interface of the system said no. The message is what it said, with each field that it found wrong on a line of
/// its own.
public final class RefusedException extends FinalException {

    private final int status;

    public RefusedException(int status, String message) {
        super(message, null);
        this.status = status;
    }

    /// HTTP status, 400 to 499.
    public int status() {
        return status;
    }
}
