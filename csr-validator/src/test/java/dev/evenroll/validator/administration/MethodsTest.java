package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The methods that are offered at each path.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class MethodsTest extends Calling {

    private static final String SHA256 = "ab".repeat(32);
    private static final Map<String, String> OFFERED = Map.ofEntries(
            Map.entry("devices", "GET, HEAD, OPTIONS"),
            Map.entry("devices/EVR-1", "GET, HEAD, OPTIONS, PATCH, PUT"),
            // There may be a device of that name.
            Map.entry("devices/batch", "GET, HEAD, OPTIONS, PATCH, POST, PUT"),
            Map.entry("devices/EVR-1/suspend", "OPTIONS, POST"),
            Map.entry("devices/EVR-1/token", "OPTIONS, POST"),
            Map.entry("approvals", "GET, HEAD, OPTIONS"),
            Map.entry("approvals/EVR-1/" + SHA256, "GET, HEAD, OPTIONS, POST"),
            Map.entry("keys/" + SHA256, "GET, HEAD, OPTIONS"),
            Map.entry("keys/" + SHA256 + "/block", "OPTIONS, PUT"),
            Map.entry("registration-authorities", "GET, HEAD, OPTIONS"),
            Map.entry("registration-authorities/line%2F1", "GET, HEAD, OPTIONS, PUT"));

    @Test
    void aMethodThatIsNotOfferedIsAnsweredWithThoseThatAre() throws Exception {
        for (var path : OFFERED.entrySet()) {
            var answer = send(request(path.getKey(), token("registrar")).DELETE());
            assertProblem(
                    answer, 405, "The method is not offered at this path; the methods are described at /q/openapi.");
            assertThat(answer.headers().allValues("allow")).as(path.getKey()).containsExactly(path.getValue());
        }
    }

    @Test
    void whoAsksForTheMethodsIsToldThem() throws Exception {
        for (var path : OFFERED.entrySet()) {
            var answer = send(request(path.getKey(), null).method("OPTIONS", BodyPublishers.noBody()));
            assertStatus(answer, 200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().allValues("allow")).as(path.getKey()).containsExactly(path.getValue());
        }
    }

    @Test
    void aHeadIsAGetWithoutTheBody() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var get = get("devices/EVR-1", token("auditor"));
        var head = send(request("devices/EVR-1", token("auditor")).HEAD());
        assertStatus(head, 200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag")).isEqualTo(get.headers().firstValue("etag"));
        assertThat(head.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertStatus(
                send(request("devices/EVR-1", token("auditor"))
                        .header("If-None-Match", "*")
                        .HEAD()),
                304);
        assertStatus(send(request("devices/EVR-9", token("auditor")).HEAD()), 404);
        assertStatus(send(request("devices/EVR-1", null).HEAD()), 401);
    }
}
