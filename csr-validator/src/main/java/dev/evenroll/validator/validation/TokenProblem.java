package dev.evenroll.validator.validation;

/// What is wrong with a one-time token that was presented.
public enum TokenProblem {
    /// The device has no token.
    NONE,
    /// The device has another token.
    WRONG,
    /// It was the device's, until another one was created.
    REPLACED,
    /// Too many wrong ones were presented before.
    LOCKED,
    /// It was spent for another enrollment.
    SPENT,
    /// It has expired.
    EXPIRED;

    /// Whether the device's own token is another one.
    boolean ofAnother() {
        return this == WRONG || this == REPLACED;
    }
}
