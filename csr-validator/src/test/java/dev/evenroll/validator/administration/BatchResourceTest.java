package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Many devices at once.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class BatchResourceTest extends Calling {

    private static final String NDJSON = "application/x-ndjson";

    @Test
    void eachRowHasItsOwnResult() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        put("devices/EVR-2", EVR_1, token("registrar"));
        put("devices/EVR-3", EVR_1, token("registrar"));
        post("devices/EVR-3/decommission", "{\"reason\":\"scrapped\"}");
        var rows = String.join(
                "\n",
                row("EVR-1"),
                row("EVR-2").replace("CS-1", "CS-2"),
                "",
                row("EVR-3"),
                row("EVR-4"),
                row("EVR-4"),
                "{\"deviceId\":\"EVR/5\",\"model\":1,\"colour\":\"red\"}",
                "nonsense",
                "{\"model\":\"X\"}",
                "");
        var answer = batch("devices/batch", rows);
        assertStatus(answer, 200);
        assertThat(lines(answer)).isEqualTo("""
                        1 EVR-1 unchanged
                        2 EVR-2 refused ocppIdentity: is registered as "CS-1"
                        4 EVR-3 refused state: is decommissioned; register the device by itself if it is to begin a new life
                        5 EVR-4 registered
                        6 EVR-4 invalid deviceId: stands on line 5 too; give each device once
                        7 EVR/5 invalid colour: is not a field that is known here; those are deviceId, manufacturer, model, ocppIdentity, owner, site, enrollmentModels, idevidSha256, keySha256, profile; deviceId: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit; model: is not a string; put it in quotation marks; manufacturer: is missing; give 1 to 64 characters; ocppIdentity: is missing; give 1 to 48 characters; owner: is missing; give 1 to 64 characters; site: is missing; give 1 to 255 characters
                        8 - invalid line: is not a JSON object; write one device on each line
                        9 - invalid deviceId: is missing; give the serial number of the device; manufacturer: is missing; give 1 to 64 characters; ocppIdentity: is missing; give 1 to 48 characters; owner: is missing; give 1 to 64 characters; site: is missing; give 1 to 255 characters""");
        assertThat(json(get("devices/EVR-2", token("auditor")))
                        .get("ocppIdentity")
                        .textValue())
                .isEqualTo("CS-1");
    }

    @Test
    void aProfileHasToFitTheDeviceOfItsRow() throws Exception {
        var rows = row("csms.example.com").replace("}", ",\"profile\":\"csms-server\"}") + "\n"
                + row("EVR-1").replace("}", ",\"profile\":\"csms-server\"}");
        assertThat(lines(postAs(token("registrar", "approver"), "devices/batch", "application/x-ndjson", rows)))
                .isEqualTo("1 csms.example.com registered\n2 EVR-1 invalid profile: is csms-server, whose devices have "
                        + "a fully qualified host name without a wildcard, like csms.example.com as id, and EVR-1 is "
                        + "none; give another profile, or register the device under such an id");
    }

    @Test
    void anUpdateDescribesAnew() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var rows = row("EVR-1").replace("CS-1", "CS-2") + "\n" + row("EVR-2");
        assertThat(lines(batch("devices/batch?update=true", rows))).isEqualTo("1 EVR-1 updated\n2 EVR-2 registered");
        assertThat(lines(batch("devices/batch?update=true", rows))).isEqualTo("1 EVR-1 unchanged\n2 EVR-2 unchanged");
    }

    @Test
    void manufacturersWithoutAnAnchorAreNamedOnceEach() throws Exception {
        var initech = row("EVR-1").replace("acme", "initech");
        var rows = String.join(
                "\n",
                initech,
                initech.replace("EVR-1", "EVR-2"),
                row("EVR-3"),
                row("EVR-4").replace("acme", "hooli").replace("}", ",\"enrollmentModels\":[\"field\"]}"),
                row("EVR-5").replace("acme", "umbrella"),
                row("EVR/6").replace("acme", "tyrell"));
        assertThat(json(batch("devices/batch", rows)).get("warnings"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "manufacturer: there is no trust anchor named \"initech\", so that its devices can not enroll "
                                + "with the manufacturer's certificate; add initech.pem to the directories of trust "
                                + "anchors of csr-validator and enroll-gateway",
                        "manufacturer: there is no trust anchor named \"umbrella\", so that its devices can not enroll "
                                + "with the manufacturer's certificate; add umbrella.pem to the directories of trust "
                                + "anchors of csr-validator and enroll-gateway");
        assertThat(json(batch("devices/batch", row("EVR-3"))).has("warnings")).isFalse();
    }

    /// One look for all of them: each may take as long as a commit.
    @Test
    void whatNobodyTellsOfABatchIsLookedForAtOnce() throws Exception {
        registry.have(MemoryRegistry.Fault.SILENT);
        var rows = IntStream.range(0, 50).mapToObj(i -> row("EVR-" + i)).collect(Collectors.joining("\n"));
        assertStatus(batch("devices/batch", rows), 200);
    }

    @Test
    void theSameBatchAgainHasTheSameAnswer() throws Exception {
        var key = new String[] {"Idempotency-Key", "batch-1"};
        var first = batch("devices/batch", row("EVR-1") + "\n" + row("EVR-2"), key);
        assertThat(lines(first)).isEqualTo("1 EVR-1 registered\n2 EVR-2 registered");
        assertThat(batch("devices/batch", row("EVR-1") + "\n" + row("EVR-2"), key)
                        .body())
                .isEqualTo(first.body());
        assertThat(lines(batch("devices/batch", row("EVR-1").replace("CS-1", "CS-2"), key)))
                .isEqualTo("1 EVR-1 refused Idempotency-Key: was used for another command to this device; "
                        + "use a new key for each command");
    }

    @Test
    void whatAListShowsMayBeEntered() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        post("devices/EVR-1/suspend", "{\"reason\":\"stolen\"}");
        var shown = get("devices/EVR-1", token("auditor")).body();
        assertThat(lines(batch("devices/batch", shown.replace("EVR-1", "EVR-2"))))
                .isEqualTo("1 EVR-2 registered");
    }

    @Test
    void aThousandRowsAreABatchAndNoMore() throws Exception {
        var thousand =
                IntStream.rangeClosed(1, 1_000).mapToObj(i -> row("EVR-" + i)).collect(Collectors.joining("\n"));
        var answer = batch("devices/batch", thousand);
        assertThat(json(answer).get("rows")).hasSize(1_000);
        assertThat(json(answer).get("rows").findValuesAsText("result")).containsOnly("registered");
        assertProblem(
                batch("devices/batch", thousand + "\n" + row("EVR-1001")),
                413,
                "The batch has more than 1000 rows; divide it into smaller ones.");
        assertProblem(
                batch("devices/batch", " ".repeat(2 * 1024 * 1024 + 1)),
                413,
                "The batch is larger than 2 MiB; divide it into smaller ones.");
    }

    @Test
    void whatIsNoBatchIsRefused() throws Exception {
        assertThat(lines(batch("devices/batch", ""))).isEmpty();
        assertStatus(batch("devices/batch?update=yes", row("EVR-1")), 400);
        assertStatus(batch("devices/batch?upsert=true", row("EVR-1")), 400);
        assertStatus(postAs(token("registrar"), "devices/batch", "application/json", row("EVR-1")), 415);
        assertStatus(postAs(token("installer"), "devices/batch", NDJSON, row("EVR-1")), 403);
        assertProblem(
                send(request("devices/batch", token("registrar"))
                        .header("Content-Type", NDJSON)
                        .POST(BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xff, '}'}))),
                400,
                "The body is not UTF-8; encode it in UTF-8 (RFC 8259 section 8.1).");
    }

    /// Whatever the bytes are, there is an answer in words and no device that nobody meant.
    @Test
    void hostileBatchesAreAnswered() throws Exception {
        var random = new Random(7);
        var good = (row("EVR-1") + "\n" + row("EVR-2")).getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < 300; i++) {
            var bytes = good.clone();
            for (var flips = random.nextInt(8) + 1; flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var answer = send(request("devices/batch", token("registrar"))
                    .header("Content-Type", NDJSON)
                    .POST(BodyPublishers.ofByteArray(bytes)));
            assertThat(answer.statusCode()).isIn(200, 400);
        }
        var deep = "[".repeat(100_000);
        assertThat(lines(batch("devices/batch", deep)))
                .isEqualTo("1 - invalid line: is not a JSON object; write one device on each line");
    }

    private static String row(String deviceId) {
        return EVR_1.replace("{", "{\"deviceId\":\"" + deviceId + "\",");
    }

    private HttpResponse<String> batch(String path, String rows, String... headers) throws Exception {
        return postAs(token("registrar"), path, NDJSON, rows, headers);
    }

    private static String lines(HttpResponse<String> answer) throws Exception {
        return StreamSupport.stream(json(answer).get("rows").spliterator(), false)
                .map(BatchResourceTest::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(JsonNode row) {
        var errors = row.has("errors")
                ? StreamSupport.stream(row.get("errors").spliterator(), false)
                        .map(error -> error.get("field").textValue() + ": "
                                + error.get("reason").textValue())
                        .collect(Collectors.joining("; ", " ", ""))
                : "";
        return row.get("line").intValue() + " " + row.path("deviceId").asText("-") + " "
                + row.get("result").textValue() + errors;
    }
}
