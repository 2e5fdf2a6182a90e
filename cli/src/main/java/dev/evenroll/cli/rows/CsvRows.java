package dev.evenroll.cli.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.cli.output.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Devices in CSV (RFC 4180), with a header line that names the columns in any order.
///
/// Each line is read for itself: no field of a device may hold a line break, so a quotation mark that is not closed
/// spoils its own line and no other.
final class CsvRows implements RowReader {

    private static final ObjectReader LINE =
            new CsvMapper().readerForArrayOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY);
    private static final String SEPARATORS = "[;, ]+";

    private final InputLines lines;
    private final List<DeviceField> columns;

    private CsvRows(InputLines lines, List<DeviceField> columns) {
        this.lines = lines;
        this.columns = columns;
    }

    static CsvRows of(InputLines lines) throws IOException, UnusableFileException {
        var head = lines.next();
        while (head.isPresent()
                && head.get().problem().isEmpty()
                && head.get().text().isBlank()) {
            head = lines.next();
        }
        if (head.isEmpty()) {
            throw new UnusableFileException(
                    "The file is empty; its first line has to name the columns: " + DeviceField.all() + ".");
        }
        return new CsvRows(lines, columns(head.get()));
    }

    private static List<DeviceField> columns(InputLines.Line head) throws UnusableFileException {
        if (head.problem().isPresent()) {
            throw new UnusableFileException(
                    "Line " + head.number() + " " + head.problem().get() + ".");
        }
        var columns = new ArrayList<DeviceField>();
        var problems = new ArrayList<String>();
        for (var name : cells(head.text()).orElse(new String[0])) {
            var field = DeviceField.labeled(name);
            if (field.isEmpty()) {
                problems.add("\"" + Printable.line(name) + "\" is no column of a device");
            } else if (columns.contains(field.get())) {
                problems.add("\"" + name + "\" is there twice");
            } else {
                columns.add(field.get());
            }
        }
        var missing = EnumSet.copyOf(DeviceField.NEEDED);
        columns.forEach(missing::remove);
        missing.forEach(field -> problems.add("\"" + field.label() + "\" is missing"));
        if (!problems.isEmpty()) {
            throw new UnusableFileException("The header in line " + head.number() + " can not be used: "
                    + String.join("; ", problems) + ". Columns, in any order: " + DeviceField.all()
                    + "; the last four may be left out.");
        }
        return List.copyOf(columns);
    }

    @Override
    public Optional<Row> next() throws IOException {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().problem().isPresent() || !line.get().text().isBlank()) {
                return Optional.of(row(line.get()));
            }
        }
        return Optional.empty();
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    private Row row(InputLines.Line line) {
        if (line.problem().isPresent()) {
            return bad(line, line.problem().get());
        }
        if (line.text().chars().filter(c -> c == '"').count() % 2 != 0) {
            return bad(line, "has a quotation mark that is not closed; no field may hold a line break");
        }
        var cells = cells(line.text());
        if (cells.isEmpty()) {
            return bad(line, "has text behind the quotation mark that closes a field; put a comma between");
        }
        if (cells.get().length != columns.size()) {
            return bad(
                    line,
                    "has " + cells.get().length + " fields where the header has " + columns.size()
                            + "; put a field that holds a comma in quotation marks");
        }
        return draft(cells.get()).judged(line.number());
    }

    private DeviceDraft draft(String[] cells) {
        var draft = new DeviceDraft();
        for (int i = 0; i < cells.length; i++) {
            var field = columns.get(i);
            // An empty cell is a field that is not there.
            if (cells[i].isEmpty()) {
                continue;
            }
            if (field == DeviceField.ENROLLMENT_MODELS) {
                draft.models(
                        cells[i].equals(DeviceDraft.NO_MODEL)
                                ? List.of()
                                : List.of(cells[i].strip().split(SEPARATORS)));
            } else {
                draft.text(field, cells[i]);
            }
        }
        return draft;
    }

    /// The cells of a line; empty when it is not CSV.
    private static Optional<String[]> cells(String text) {
        try (var rows = LINE.<String[]>readValues(text)) {
            return rows.hasNextValue() ? Optional.of(rows.nextValue()) : Optional.of(new String[0]);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    private static Row bad(InputLines.Line line, String reason) {
        return new Row.Bad(line.number(), "", List.of(new FieldError("", reason)));
    }
}
