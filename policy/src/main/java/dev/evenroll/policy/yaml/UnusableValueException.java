package dev.evenroll.policy;

/// A value that can not be used. The message continues the name of its key: what is wrong, and what to
/// write.
final class UnusableValueException extends Exception {
    UnusableValueException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
