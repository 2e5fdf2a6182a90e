package dev.evenroll.validator.registry;

/// The registry could not be reached or has not answered in time: a fault that passes. The message says what
/// was attempted and what to do.
public final class RegistryUnavailableException extends Exception {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
