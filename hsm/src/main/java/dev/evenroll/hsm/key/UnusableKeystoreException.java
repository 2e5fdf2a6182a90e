package dev.evenroll.hsm.key;

import org.jspecify.annotations.Nullable;

/// A CA key that can not be used as it is configured. The message says which file, what is wrong with it and what to
/// do.
public final class UnusableKeystoreException extends Exception {

    public UnusableKeystoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
