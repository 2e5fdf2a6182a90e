package dev.evenroll.validator.registry;

/// One field of a registration that can not be taken as it is.
///
/// @param field name of the field as it is written in JSON
/// @param reason what is wrong with it and what to do, without the name of the field
public record FieldProblem(String field, String reason) {

    /// Field and reason as one sentence.
    public String sentence() {
        return field + ": " + reason;
    }
}
