package dev.evenroll.policy.yaml;

/// A value that can not be used. The message continues the name of its key: what is wrong, and what to
/// write.
public final class UnusableValueException extends Exception {
    public UnusableValueException(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
