package dev.evenroll.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.administration.EnrollmentModel;
import dev.evenroll.cli.administration.FieldError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowReaderTest {

    private static final String HEADER = "deviceId,manufacturer,model,ocppIdentity,owner,site\n";
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final DeviceEntry ENTRY = new DeviceEntry("acme", "X1", "CP-1", "Owner", "Depot");

    private static List<Row> read(RowFormat format, byte[] content) throws IOException, UnusableFileException {
        var reader = RowReader.of(format, new ByteArrayInputStream(content));
        var rows = new ArrayList<Row>();
        for (var row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
        assertThat(reader.bytesRead()).isEqualTo(content.length);
        return rows;
    }

    private static List<Row> csv(String content) throws IOException, UnusableFileException {
        return read(RowFormat.CSV, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> json(String content) throws IOException, UnusableFileException {
        return read(RowFormat.JSONL, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Row bad(long line, String deviceId, String field, String reason) {
        return new Row.Bad(line, deviceId, List.of(new FieldError(field, reason)));
    }

    @Test
    void columnsMayStandInAnyOrder() throws Exception {
        assertThat(csv(
                        "site,keySha256,owner,ocppIdentity,model,manufacturer,deviceId,profile,enrollmentModels,idevidSha256\n"
                                + "Depot," + DIGEST + ",Owner,CP-1,X1,acme,D1,v2g-secc,just-in-time;field,\n"))
                .containsExactly(new Row.Good(
                        2,
                        "D1",
                        new DeviceEntry(
                                "acme",
                                "X1",
                                "CP-1",
                                "Owner",
                                "Depot",
                                List.of(EnrollmentModel.FIELD, EnrollmentModel.JUST_IN_TIME),
                                Optional.empty(),
                                Optional.of(DIGEST),
                                "v2g-secc")));
    }

    @Test
    void readsWhatSpreadsheetsWrite() throws Exception {
        var rows = csv("\ufeff" + HEADER.replace("\n", "\r\n") + "\r\n"
                + "D1,acme,\"X1\",CP-1,\"Owner \"\"West\"\", Ltd\",Dépôt 2\r\n" + "D2,acme,X1,CP-1,Owner,Depot");
        assertThat(rows)
                .containsExactly(
                        new Row.Good(3, "D1", new DeviceEntry("acme", "X1", "CP-1", "Owner \"West\", Ltd", "Dépôt 2")),
                        new Row.Good(4, "D2", ENTRY));
    }

    @Test
    void saysEverythingThatIsWrongWithARow() throws Exception {
        assertThat(csv(HEADER + "10.0.0.1,," + "X".repeat(65) + ",CP 1, Owner,\"\u0007\"\n"))
                .containsExactly(new Row.Bad(
                        2,
                        "10.0.0.1",
                        List.of(
                                new FieldError(
                                        "deviceId",
                                        "is shaped like an IP address; give the serial number of the device"),
                                new FieldError("manufacturer", "is missing; give 1 to 64 characters"),
                                new FieldError("model", "is longer than 64 characters; shorten it"),
                                new FieldError(
                                        "ocppIdentity",
                                        "may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)"),
                                new FieldError(
                                        "owner",
                                        "holds a control character, or begins or ends with a space; give printable text"),
                                new FieldError(
                                        "site",
                                        "holds a control character, or begins or ends with a space; give printable"
                                                + " text"))));
    }

    @Test
    void aLineThatIsNoCsvSpoilsNoOther() throws Exception {
        assertThat(csv(HEADER + "D1,acme,X1,CP-1,\"Owner,Depot\n" + "D2,acme,\"X1\"x,CP-1,Owner,Depot\n"
                        + "D3,acme,X1,CP-1,Owner\n" + "D4,acme,X1,CP-1,Owner,Depot,\n"
                        + "D5,acme,X1,CP-1,Owner,Depot\n"))
                .containsExactly(
                        bad(2, "", "", "has a quotation mark that is not closed; no field may hold a line break"),
                        bad(3, "", "", "has text behind the quotation mark that closes a field; put a comma between"),
                        bad(
                                4,
                                "",
                                "",
                                "has 5 fields where the header has 6; put a field that holds a comma in quotation marks"),
                        bad(
                                5,
                                "",
                                "",
                                "has 7 fields where the header has 6; put a field that holds a comma in quotation marks"),
                        new Row.Good(6, "D5", ENTRY));
    }

    @Test
    void aLineThatIsNoTextSpoilsNoOther() throws Exception {
        var bytes = (HEADER + "D1,acme,X1,CP-1,Own\u00ffer,Depot\n" + "x".repeat(70_000)
                        + "\nD2,acme,X1,CP-1,Owner,Depot\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(RowFormat.CSV, bytes))
                .containsExactly(
                        bad(2, "", "", "is not UTF-8; save the file in that encoding"),
                        bad(3, "", "", "is longer than 65536 bytes; a row needs far less"),
                        new Row.Good(4, "D2", ENTRY));
    }

    @Test
    void aHeaderThatCanNotBeUsedSaysWhatIsWrong() {
        assertThatThrownBy(() -> csv("deviceId,name,deviceId,model,ocppIdentity,owner\n"))
                .hasMessage("The header in line 1 can not be used: \"name\" is no column of a device; \"deviceId\" is"
                        + " there twice; \"manufacturer\" is missing; \"site\" is missing. Columns, in any order:"
                        + " deviceId, manufacturer, model, ocppIdentity, owner, site, enrollmentModels, idevidSha256,"
                        + " keySha256, profile; the last four may be left out.");
        assertThatThrownBy(() -> csv("\n\n"))
                .hasMessageStartingWith("The file is empty; its first line has to name the columns: deviceId, ");
        assertThatThrownBy(() -> read(RowFormat.CSV, new byte[] {'a', (byte) 0xff, '\n'}))
                .hasMessage("Line 1 is not UTF-8; save the file in that encoding.");
    }

    @Test
    void enrollmentModelsAreJudged() throws Exception {
        var header = HEADER.strip() + ",enrollmentModels\n";
        assertThat(csv(header + "D1,acme,X1,CP-1,Owner,Depot,renewal\n" + "D2,acme,X1,CP-1,Owner,Depot,magic\n"
                        + "D3,acme,X1,CP-1,Owner,Depot,none\n" + "D4,acme,X1,CP-1,Owner,Depot,\n"))
                .containsExactly(
                        bad(2, "D1", "enrollmentModels", "may hold factory, field, just-in-time, central-gateway only"),
                        bad(3, "D2", "enrollmentModels", "may hold factory, field, just-in-time, central-gateway only"),
                        new Row.Good(
                                4,
                                "D3",
                                new DeviceEntry(
                                        "acme",
                                        "X1",
                                        "CP-1",
                                        "Owner",
                                        "Depot",
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        "charging-station")),
                        new Row.Good(5, "D4", ENTRY));
    }

    @Test
    void readsJsonLines() throws Exception {
        var device = "{\"deviceId\":\"D1\",\"manufacturer\":\"acme\",\"model\":\"X1\",\"ocppIdentity\":\"CP-1\","
                + "\"owner\":\"Owner\",\"site\":\"Depot\"";
        assertThat(json(device + "}\n\n" + device
                        + ",\"state\":\"x\",\"revision\":7,\"keySha256\":null,\"enrollmentModels\":[\"factory\"]}\n"
                        + device + ",\"keySha256\":\"X\",\"color\":1,\"enrollmentModels\":\"factory\"}\n" + device
                        + ",\"model\":\"X2\"}\n" + "[1]\n" + device + "} x\n" + device.replace("\"X1\"", "7") + "}"))
                .containsExactly(
                        new Row.Good(1, "D1", ENTRY),
                        new Row.Good(3, "D1", ENTRY),
                        new Row.Bad(
                                4,
                                "D1",
                                List.of(
                                        new FieldError(
                                                "color",
                                                "is not a field that is known here; those are " + DeviceField.all()),
                                        new FieldError(
                                                "enrollmentModels",
                                                "is not an array of strings; write it like [\"...\"]"),
                                        new FieldError(
                                                "keySha256",
                                                "is not a SHA-256; give the 64 lower-case hex digits of the SHA-256 of"
                                                        + " the SubjectPublicKeyInfo in DER"))),
                        noObject(5),
                        noObject(6),
                        noObject(7),
                        bad(8, "D1", "model", "is not a string; put it in quotation marks"));
    }

    private static Row noObject(long line) {
        return bad(line, "", "", "is not a JSON object; write one a line with the fields " + DeviceField.all());
    }

    /// Whatever the bytes are, each line that is not blank is one row, with its number.
    @Test
    void noBytesStopTheReader() throws Exception {
        var random = new Random(3);
        var sample = (HEADER + "D1,acme,\"X1\",CP-1,Owner,Depot\n{\"deviceId\":[\"D1\"],\"a\":{}}\r\n\"\",,\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            var bytes = sample.clone();
            for (int change = random.nextInt(1, 12); change > 0; change--) {
                bytes[random.nextInt(HEADER.length(), bytes.length)] = (byte) random.nextInt(256);
            }
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (var format : RowFormat.values()) {
                var rows = read(format, bytes);
                assertThat(rows.size())
                        .isLessThanOrEqualTo(
                                (int) text.chars().filter(c -> c == '\n').count() + 1);
                assertThat(rows).extracting(Row::line).isSorted().doesNotHaveDuplicates();
            }
        }
    }
}
