package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;

/// One field that can not be taken as it is.
///
/// @param field as it is written in JSON; empty when the whole is wrong
/// @param reason what is wrong with it and what to do, without the name of the field
public record FieldError(String field, String reason) {

    static FieldError read(Fields fields) throws FaultException {
        return new FieldError(fields.optionalText("field").orElse(""), fields.text("reason"));
    }
}
