package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.FieldError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// So many rows of a file, sent together.
///
/// @param number from 0
/// @param rows good and bad ones, in the order of the file
/// @param bytesRead how far the file is read with it
record Batch(int number, List<Row> rows, long bytesRead) {

    Batch {
        rows = List.copyOf(rows);
    }

    List<Row.Good> good() {
        return rows.stream()
                .filter(Row.Good.class::isInstance)
                .map(Row.Good.class::cast)
                .toList();
    }

    List<Row.Bad> bad() {
        return rows.stream()
                .filter(Row.Bad.class::isInstance)
                .map(Row.Bad.class::cast)
                .toList();
    }

    /// Cuts a file into batches. Where one ends depends on the lines alone, not on what is wrong with them, so that the
    /// same file has the same batches in every run.
    ///
    /// Owned by one thread.
    static final class Reader {

        private final RowReader rows;
        private final int size;
        private final SeenDevices seen = new SeenDevices();
        private int number;

        Reader(RowReader rows, int size) {
            this.rows = rows;
            this.size = size;
        }

        /// The next batch; empty at the end.
        Optional<Batch> next() throws IOException {
            var batch = new ArrayList<Row>(size);
            while (batch.size() < size) {
                var row = rows.next();
                if (row.isEmpty()) {
                    break;
                }
                batch.add(onlyOnce(row.get()));
            }
            return batch.isEmpty() ? Optional.empty() : Optional.of(new Batch(number++, batch, rows.bytesRead()));
        }

        private Row onlyOnce(Row row) {
            if (!(row instanceof Row.Good good)) {
                return row;
            }
            long before = seen.enter(good.deviceId(), good.line());
            return before == 0
                    ? row
                    : new Row.Bad(
                            good.line(),
                            good.deviceId(),
                            List.of(new FieldError(
                                    DeviceField.DEVICE_ID.label(),
                                    "stands on line " + before + " too; give each device once")));
        }
    }
}
