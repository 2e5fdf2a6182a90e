package dev.evenroll.hsm.ceremony;

import org.jspecify.annotations.Nullable;

/// A step that can not be done. The message says what is wrong and what to do; nothing is half-made.
public final class CeremonyException extends Exception {

    public CeremonyException(String message) {
        this(message, null);
    }

    public CeremonyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
