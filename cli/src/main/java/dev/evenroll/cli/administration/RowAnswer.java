package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What became of one row of a batch.
///
/// @param row number of the row in the batch, from 1
public record RowAnswer(int row, Result result, List<FieldError> errors) {

    /// How a row ended.
    public enum Result {
        REGISTERED,
        UNCHANGED,
        UPDATED,
        REFUSED,
        INVALID;

        /// Whether the device is in the registry as the row says.
        public boolean isGood() {
            return this == REGISTERED || this == UNCHANGED || this == UPDATED;
        }

        static Optional<Result> named(String text) {
            return Arrays.stream(values())
                    .filter(result -> result.name().equals(text.toUpperCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    public RowAnswer {
        errors = List.copyOf(errors);
    }

    static RowAnswer read(Fields fields) throws FaultException {
        var result = fields.text("result");
        return new RowAnswer(
                (int) fields.number("line"),
                Result.named(result)
                        .orElseThrow(() -> new FaultException(
                                "csr-validator answered a row with \"" + result
                                        + "\", which this version does not know: update evenroll.",
                                Optional.empty())),
                fields.page("errors", FieldError::read).items());
    }
}
