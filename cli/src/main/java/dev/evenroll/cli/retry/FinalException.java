package dev.evenroll.cli.retry;

import org.jspecify.annotations.Nullable;

/// What no repetition mends. The message is a sentence that says what was attempted and what came of it.
public abstract class FinalException extends Exception {

    protected FinalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
