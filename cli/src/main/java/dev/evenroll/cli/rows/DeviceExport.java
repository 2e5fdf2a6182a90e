package dev.evenroll.cli.rows;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.administration.EnrollmentModel;
import dev.evenroll.cli.output.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// Writes devices as an import reads them, one after the other.
///
/// Owned by one thread.
public final class DeviceExport {

    private static final ObjectWriter CSV_LINE = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writerFor(String[].class);

    private final RowFormat format;
    private final Writer out;

    private DeviceExport(RowFormat format, Writer out) {
        this.format = format;
        this.out = out;
    }

    /// Begins a file, in CSV with its header line.
    public static DeviceExport begin(RowFormat format, Writer out) throws IOException {
        var export = new DeviceExport(format, out);
        if (format == RowFormat.CSV) {
            export.line(
                    Arrays.stream(DeviceField.values()).map(DeviceField::label).toList());
        }
        return export;
    }

    /// Adds a device.
    public void add(Device device) throws IOException {
        switch (format) {
            case CSV -> line(cells(device));
            case JSONL -> {
                var fields = new LinkedHashMap<String, Object>();
                fields.put(DeviceField.DEVICE_ID.label(), device.deviceId());
                fields.putAll(device.entry().fields());
                out.write(Json.line(fields));
                out.write('\n');
            }
        }
    }

    private static List<String> cells(Device device) {
        var entry = device.entry();
        var models = new ArrayList<String>();
        entry.enrollmentModels().stream().map(EnrollmentModel::toString).forEach(models::add);
        return List.of(
                device.deviceId(),
                entry.manufacturer(),
                entry.model(),
                entry.ocppIdentity(),
                entry.owner(),
                entry.site(),
                models.isEmpty() ? DeviceDraft.NO_MODEL : String.join(";", models),
                entry.idevidSha256().orElse(""),
                entry.keySha256().orElse(""),
                entry.profile());
    }

    private void line(List<String> cells) throws IOException {
        out.write(CSV_LINE.writeValueAsString(cells.toArray(String[]::new)));
    }
}
