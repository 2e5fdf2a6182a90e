package dev.evenroll.cli.est;

import dev.evenroll.cli.retry.FinalException;

/// The server said to come later for as long as the device asked. The request stands: asked again it is the same one.
public final class UndecidedException extends FinalException {
    UndecidedException(String message, Throwable cause) {
        super(message, cause);
    }
}
