package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two replicas, each with a part of the registry, and a real HTTP hop between them: the application passes
/// calls on to itself, and answers those with the registry of the other replica.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class ForwardingTest extends Calling {

    @BeforeEach
    void split() {
        registry.split(Set.of(0), Set.of(1));
        var address = root.toString();
        replicas.hold(URI.create(address.substring(0, address.length() - 1)), "EVR-2", "EVR-4", "EVR-6");
    }

    @Test
    void aDeviceIsRegisteredAndShownByTheReplicaThatHoldsIt() throws Exception {
        var created = put("devices/EVR-2", EVR_1, token("registrar"), "Idempotency-Key", "k1");
        assertStatus(created, 201);
        assertThat(created.headers().firstValue("etag")).hasValue("\"1\"");
        assertThat(created.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(registry.there()).containsExactly("EVR-2");
        assertThat(get("devices/EVR-2", token("auditor")).body()).isEqualTo(created.body());
        assertThat(put("devices/EVR-2", EVR_1, token("registrar"), "Idempotency-Key", "k1")
                        .statusCode())
                .isEqualTo(201);
        assertStatus(put("devices/EVR-2", "{}", token("registrar"), "Idempotency-Key", "k1"), 400);
        put("devices/EVR-1", EVR_1, token("registrar"));
        assertThat(registry.there()).containsExactly("EVR-2");
    }

    @Test
    void everythingThatACallSaysIsPassedOn() throws Exception {
        put("devices/EVR-2", EVR_1.replace("}", ",\"enrollmentModels\":[\"field\"]}"), token("registrar"));
        assertStatus(patch("devices/EVR-2", "{\"site\":\"Yard\"}", "If-Match", "\"7\""), 412);
        assertThat(json(patch("devices/EVR-2", "{\"site\":\"Yard\"}", "If-Match", "\"1\""))
                        .get("site")
                        .textValue())
                .isEqualTo("Yard");
        assertStatus(put("devices/EVR-2", EVR_1, token("registrar"), "If-None-Match", "*"), 412);
        assertThat(json(post("devices/EVR-2/suspend", "{\"reason\":\"stolen\"}"))
                        .get("state")
                        .textValue())
                .isEqualTo("suspended");
        assertStatus(post("devices/EVR-2/resume", "{\"reason\":\"found\"}"), 200);
        assertStatus(post("devices/EVR-2/transfer", "{\"owner\":\"Other Ltd\",\"site\":\"Yard\"}"), 200);
        var token = post("devices/EVR-2/token", "");
        assertStatus(token, 201);
        assertThat(token.headers().firstValue("cache-control")).hasValue("no-store");
        assertProblem(
                get("devices/EVR-4", token("auditor")),
                404,
                "The device EVR-4 is not registered; register it with PUT /devices/EVR-4.");
    }

    @Test
    void whoMayNotMayNotBecauseOfAnotherReplica() throws Exception {
        assertStatus(put("devices/EVR-2", EVR_1, token("auditor")), 403);
        assertStatus(get("devices/EVR-2", null), 401);
        assertThat(refusals.calls()).as("refused before it is passed on").hasSize(2);
        assertThat(registry.there()).isEmpty();
    }

    @Test
    void aListIsThatOfAllReplicasInOrder() throws Exception {
        for (var i = 1; i <= 6; i++) {
            put("devices/EVR-" + i, EVR_1, token("registrar"));
        }
        assertThat(registry.there()).containsExactlyInAnyOrder("EVR-2", "EVR-4", "EVR-6");
        var listed = new StringBuilder();
        var path = "devices?limit=2";
        for (var page = json(get(path, token("auditor"))); ; ) {
            page.get("devices")
                    .findValuesAsText("deviceId")
                    .forEach(id -> listed.append(id).append(' '));
            if (page.get("next").isNull()) {
                break;
            }
            listed.append("| ");
            page = json(get(path + "&after=" + page.get("next").textValue(), token("auditor")));
        }
        assertThat(listed.toString()).isEqualTo("EVR-1 EVR-2 | EVR-3 EVR-4 | EVR-5 EVR-6 ");
        assertThat(json(get("devices?state=registered&after=EVR-3", token("auditor")))
                        .get("devices")
                        .findValuesAsText("deviceId"))
                .containsExactly("EVR-4", "EVR-5", "EVR-6");
    }

    @Test
    void aBatchIsEnteredByThoseWhoHoldItsDevices() throws Exception {
        var rows = String.join("\n", row("EVR-1"), row("EVR-2"), "", "nonsense", row("EVR-3"), row("EVR-4"));
        var answer = postAs(token("registrar"), "devices/batch", "application/x-ndjson", rows);
        assertThat(results(answer))
                .isEqualTo(
                        "1 EVR-1 registered, 2 EVR-2 registered, 4  invalid, 5 EVR-3 registered, 6 EVR-4 registered");
        assertThat(registry.there()).containsExactlyInAnyOrder("EVR-2", "EVR-4");
        var again = String.join(
                "\n", row("EVR-4").replace("CS-1", "CS-2"), row("EVR-3").replace("CS-1", "CS-2"));
        assertThat(results(postAs(token("registrar"), "devices/batch?update=true", "application/x-ndjson", again)))
                .isEqualTo("1 EVR-4 updated, 2 EVR-3 updated");
    }

    private static String row(String deviceId) {
        return EVR_1.replace("{", "{\"deviceId\":\"" + deviceId + "\",");
    }

    private static String results(HttpResponse<String> answer) throws Exception {
        return StreamSupport.stream(json(answer).get("rows").spliterator(), false)
                .map(row ->
                        row.get("line").asText() + " " + row.path("deviceId").asText() + " "
                                + row.get("result").asText())
                .collect(Collectors.joining(", "));
    }

    @Test
    void aCallThatHasBeenPassedOnIsNotPassedOnAgain() throws Exception {
        replicas.hold(nowhere(), "EVR-2");
        assertStatus(get("devices/EVR-2", token("auditor"), Call.FORWARDED, "true"), 404);
        var page = get("devices", token("auditor"), Call.FORWARDED, "true");
        assertStatus(page, 200);
        assertThat(page.headers().firstValue(ReplicaLists.PARTITIONS)).hasValue("1");
    }

    @Test
    void aReplicaThatCanNotBeAskedIsNamed() throws Exception {
        var nowhere = nowhere();
        replicas.hold(nowhere, "EVR-2");
        var detail = "The replica " + nowhere + ", which holds a part of the registry, could not be asked "
                + "(java.net.ConnectException); ask again in a moment, and have that replica looked at if this goes on.";
        assertProblem(get("devices/EVR-2", token("auditor")), 503, detail);
        assertProblem(put("devices/EVR-2", EVR_1, token("registrar")), 503, detail);
        assertProblem(get("devices", token("auditor")), 503, detail);
        assertProblem(postAs(token("registrar"), "devices/batch", "application/x-ndjson", row("EVR-2")), 503, detail);
        assertStatus(get("devices/EVR-1", token("auditor")), 404);
    }

    @Test
    void aListWithAPartMissingIsNone() throws Exception {
        replicas.clear();
        assertProblem(
                get("devices", token("auditor")),
                503,
                "The list would not be complete: nobody who could be asked holds the partitions [1] of the registry. "
                        + "Ask again in a moment; if this goes on, have evenroll.advertised-url set for every replica.");
        registry.split(Set.of(0), Set.of(0));
        split(Set.of(0));
        assertStatus(get("devices", token("auditor")), 503);
    }

    private void split(Set<Integer> both) {
        registry.split(both, both);
        var address = root.toString();
        replicas.hold(URI.create(address.substring(0, address.length() - 1)), "EVR-2");
    }

    @Test
    void aReplicaThatAnswersNonsenseIsNamed() throws Exception {
        for (var answer : new String[] {"500 {}", "200 nonsense", "200 [1,2]", "200 {\"rows\":[]}"}) {
            var broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            broken.createContext("/", exchange -> {
                var body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            broken.start();
            try {
                var replica =
                        URI.create("http://127.0.0.1:" + broken.getAddress().getPort());
                replicas.hold(replica, "EVR-2");
                assertNames(replica, get("devices", token("auditor")));
                assertNames(replica, postAs(token("registrar"), "devices/batch", "application/x-ndjson", row("EVR-2")));
            } finally {
                broken.stop(0);
            }
        }
    }

    private static void assertNames(URI replica, HttpResponse<String> answer) throws Exception {
        assertStatus(answer, 503);
        assertThat(json(answer).get("detail").textValue())
                .contains(replica.toString())
                .doesNotContain("nonsense");
    }

    /// An address at which nobody listens.
    private static URI nowhere() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
