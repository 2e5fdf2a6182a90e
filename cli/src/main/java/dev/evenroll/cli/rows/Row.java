package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.List;

/// One row of a file: a device that may be registered, or everything that is wrong with it.
sealed interface Row {

    /// Number of its line in the file, from 1.
    long line();

    /// As it stands in the file; empty when it can not be read.
    String deviceId();

    /// A row that may be registered.
    record Good(long line, String deviceId, DeviceEntry entry) implements Row {

        /// As the registry takes it: one JSON line.
        String wire() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put(DeviceField.DEVICE_ID.label(), deviceId);
            fields.putAll(entry.wire());
            return Json.line(fields) + "\n";
        }
    }

    /// A row that can not be registered.
    ///
    /// @param errors at least one
    record Bad(long line, String deviceId, List<FieldError> errors) implements Row {
        public Bad {
            errors = List.copyOf(errors);
        }
    }
}
