package dev.evenroll.validator.validation;

/// What is wrong with a one-time token that was presented.
public enum TokenProblem {
    /// The device has no token.
    NONE,
    /// The device has another token.
    WRONG,
    /// Too many wrong ones were presented before.
    LOCKED,
    /// It was spent for another enrollment.
    SPENT,
    /// It has expired.
    EXPIRED
}
