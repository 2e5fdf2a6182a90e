package dev.evenroll.validator.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.validator.registry.FieldProblem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What became of a batch of devices, as JSON.
///
/// @param rows one for each line that is not blank, in their order
/// @param warnings what the caller should know of the devices that were taken, once for each manufacturer; left out
/// when
///     there is nothing
@Schema(name = "Batch")
public record BatchView(
        List<Row> rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

    static final String REGISTERED = "registered";
    static final String UNCHANGED = "unchanged";
    static final String UPDATED = "updated";
    static final String REFUSED = "refused";
    static final String INVALID = "invalid";

    public BatchView {
        rows = List.copyOf(rows);
        // A replica of an earlier version does not warn.
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /// What became of a row.
    ///
    /// @param line number of the line in the batch, from 1
    /// @param deviceId the device that the line names; left out when it names none
    /// @param result `registered` (new), `unchanged` (was there in the same words), `updated`, `refused` (by
    ///     the registry), or `invalid` (can not be taken as it is written)
    /// @param errors why it was refused or is invalid; left out when it was neither
    @Schema(name = "BatchRow")
    public record Row(
            int line,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String deviceId,

            String result,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldProblem> errors) {

        public Row {
            errors = errors == null ? List.of() : List.copyOf(errors);
        }

        /// Whether the device is in the registry as the line says.
        boolean wasTaken() {
            return !result.equals(REFUSED) && !result.equals(INVALID);
        }

        Row onLine(int number) {
            return new Row(number, deviceId, result, errors);
        }
    }
}
