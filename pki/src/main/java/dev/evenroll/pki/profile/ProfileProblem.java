package dev.evenroll.pki.profile;

/// One thing that keeps a profile from being used.
///
/// @param field the field, as a file of profiles calls it
/// @param reason what is wrong and what to do, without a full stop
public record ProfileProblem(String field, String reason) {
    /// `field: reason`.
    public String sentence() {
        return field + ": " + reason;
    }
}
