package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.registry.Registration;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a batch of devices: JSON lines, each a device as JSON. What a line has beside the fields of a
/// registration because it comes from a list of devices is not looked at.
final class BatchReader {

    static final int MOST_ROWS = 1_000;
    static final int LARGEST_BODY_BYTES = 2 * 1024 * 1024;

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> lineByDevice = new HashMap<>();

    private final Profiles profiles;

    private BatchReader(Profiles profiles) {
        this.profiles = profiles;
    }

    /// A line that is not blank.
    sealed interface Line {

        /// Number of the line, from 1.
        int number();
    }

    /// A device.
    record Row(int number, String text, DeviceId deviceId, Registration registration) implements Line {}

    /// A line that is not taken: for how it is written, or for who sends it.
    record Rejected(BatchView.Row row) implements Line {

        @Override
        public int number() {
            return row.line();
        }
    }

    /// @throws CallRefusedException when the batch is too large, or no text
    static List<Line> read(byte[] body, Profiles profiles) throws CallRefusedException {
        if (body.length > LARGEST_BODY_BYTES) {
            throw new CallRefusedException(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "The batch is larger than 2 MiB; divide it into smaller ones.");
        }
        var reader = new BatchReader(profiles);
        var number = 0;
        for (var line : Forwarding.text(body).split("\n", -1)) {
            number++;
            var text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            if (reader.lines.size() == MOST_ROWS) {
                throw new CallRefusedException(
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "The batch has more than " + MOST_ROWS + " rows; divide it into smaller ones.");
            }
            reader.lines.add(reader.line(number, text));
        }
        return reader.lines;
    }

    private Line line(int number, String text) {
        var object = JsonFields.read(text, RegistrationReader.ROW_FIELDS, RegistrationReader.READ_ONLY);
        if (object.isEmpty()) {
            return rejected(
                    number,
                    null,
                    List.of(new FieldProblem("line", "is not a JSON object; write one device on each line")));
        }
        var fields = object.get();
        var deviceId = fields.text(RegistrationReader.DEVICE_ID);
        if (deviceId == null) {
            fields.add(RegistrationReader.DEVICE_ID, "is missing; give the serial number of the device");
        } else {
            DeviceId.problemWith(deviceId)
                    .ifPresent(problem ->
                            fields.add(RegistrationReader.DEVICE_ID, RequestReader.withoutField(problem.message())));
            var before = lineByDevice.putIfAbsent(deviceId, number);
            if (before != null) {
                fields.add(RegistrationReader.DEVICE_ID, "stands on line " + before + " too; give each device once");
            }
        }
        var draft = RegistrationReader.draft(fields);
        if (deviceId == null || DeviceId.problemWith(deviceId).isPresent()) {
            draft.problems().forEach(fields::add);
        } else {
            RegistrationReader.check(draft, new DeviceId(deviceId), profiles, fields);
        }
        return deviceId == null || !fields.problems().isEmpty()
                ? rejected(number, deviceId, fields.problems())
                : new Row(number, text, new DeviceId(deviceId), draft.registration());
    }

    private static Rejected rejected(int number, @Nullable String deviceId, List<FieldProblem> problems) {
        return new Rejected(new BatchView.Row(number, deviceId, BatchView.INVALID, problems));
    }
}
