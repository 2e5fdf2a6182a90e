package dev.evenroll.hsm.key;

import org.jspecify.annotations.Nullable;

/// A signature could not be made, or did not verify. Nothing was issued; the same bytes may be signed again.
public final class SigningFaultException extends Exception {

    /// @param message what was attempted, why it failed and what to look at, in a sentence without secrets
    public SigningFaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
