package dev.evenroll.kafka.loop;

/// A fault that may pass: what was attempted could not be done now. The batch is aborted and read again.
public final class FaultException extends Exception {

    /// @param message what was attempted and why it failed, in a sentence
    public FaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
