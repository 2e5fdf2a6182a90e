package dev.evenroll.issuer.signing;

import org.jspecify.annotations.Nullable;

/// A CA key that can not be opened from its file. The message says which file, what is wrong with it and what to do.
public final class UnusableKeystoreException extends Exception {

    public UnusableKeystoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
