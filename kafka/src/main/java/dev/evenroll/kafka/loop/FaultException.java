package dev.evenroll.kafka.loop;

/// A fault that may pass: what was attempted could not be done now. The batch is aborted and read again.
public final class FaultException extends Exception {

    /// A fault that nothing else has caused.
    ///
    /// @param message what was attempted and why it could not be done, in a sentence
    public FaultException(String message) {
        super(message);
    }

    /// @param message what was attempted and why it failed, in a sentence
    public FaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
