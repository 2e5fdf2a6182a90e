package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The administration interface as a client sees it.
@QuarkusTest
@TestProfile(WithoutKafka.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class DeviceResourceTest {

    private static final String EVR_1 = """
            {"manufacturer":"acme","model":"Wallbox","ocppIdentity":"CS-1","owner":"Charge Here Ltd","site":"Car park 3"}""";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI root;

    @Inject
    MemoryRegistry registry;

    @Inject
    RecordedRefusals refusals;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void clear() {
        registry.clear();
        refusals.clear();
    }

    @Test
    void aNewDeviceIsCreatedAndTheSameAgainIsOk() throws Exception {
        var created = put("devices/EVR-1", EVR_1, token("registrar"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(created.body())
                .isEqualTo("{\"deviceId\":\"EVR-1\",\"manufacturer\":\"acme\",\"model\":\"Wallbox\","
                        + "\"ocppIdentity\":\"CS-1\",\"owner\":\"Charge Here Ltd\",\"site\":\"Car park 3\","
                        + "\"state\":\"REGISTERED\",\"registeredAt\":\"2026-11-22T10:00:00Z\",\"revision\":1}");
        assertThat(put("devices/EVR-1", EVR_1, token("registrar")).statusCode()).isEqualTo(200);
        var shown = get("devices/EVR-1", token("auditor"));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(created.body());
        assertThat(refusals.calls()).isEmpty();
    }

    @Test
    void aContradictionIsAConflictThatNamesTheFields() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var conflict = put("devices/EVR-1", EVR_1.replace("CS-1", "CS-2"), token("registrar"));
        assertProblem(
                conflict,
                409,
                "The device EVR-1 is registered differently and stays as it is; register it in the same words, "
                        + "or under its own serial number.");
        assertThat(json(conflict).get("errors").toString())
                .isEqualTo("[{\"field\":\"ocppIdentity\",\"reason\":\"is registered as \\\"CS-1\\\"\"}]");
    }

    @Test
    void aManufacturerWithoutAnchorIsAWarning() throws Exception {
        var created = put("devices/EVR-1", EVR_1.replace("acme", "initech"), token("registrar"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).get("warnings").get(0).textValue())
                .startsWith("manufacturer: there is no trust anchor named \"initech\"");
    }

    @Test
    void everythingThatIsWrongWithABodyIsSaidAtOnce() throws Exception {
        var answer = put("devices/EVR-1", """
                {"manufacturer":"","model":7,"ocppIdentity":"a/b","owner":"o","colour":"red"}""", token("registrar"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("errors"))
                .extracting(error -> error.get("field").textValue() + ": "
                        + error.get("reason").textValue())
                .containsExactly(
                        "model: is not a string; put it in quotation marks",
                        "colour: is not a field of a registration; "
                                + "those are manufacturer, model, ocppIdentity, owner, site",
                        "manufacturer: is missing; give 1 to 64 characters",
                        "ocppIdentity: may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)",
                        "site: is missing; give 1 to 255 characters");
    }

    @Test
    void whatIsNotAJsonObjectIsRefused() throws Exception {
        var detail = "The body is not a JSON object; send one with the fields "
                + "manufacturer, model, ocppIdentity, owner, site.";
        for (var body : new String[] {"", "[]", "{", "null", "{\"model\":\"a\",\"model\":\"b\"}", EVR_1 + "{}"}) {
            assertProblem(put("devices/EVR-1", body, token("registrar")), 400, detail);
        }
    }

    @Test
    void aDeviceIdThatIsNoneIsRefused() throws Exception {
        var answer = put("devices/10.0.0.1", EVR_1, token("registrar"));
        assertProblem(
                answer,
                400,
                "The request can not be carried out: deviceId: is shaped like an IP address; "
                        + "give the serial number of the device.");
    }

    @Test
    void anUnknownDeviceIsNotFound() throws Exception {
        assertProblem(
                get("devices/EVR-9", token("revoker")),
                404,
                "The device EVR-9 is not registered; register it with PUT /devices/EVR-9.");
    }

    @Test
    void devicesAreListedPageByPage() throws Exception {
        for (var id : new String[] {"EVR-3", "EVR-1", "EVR-2"}) {
            put("devices/" + id, EVR_1, token("registrar"));
        }
        var first = json(get("devices?limit=2", token("auditor")));
        assertThat(first.get("devices"))
                .extracting(device -> device.get("deviceId").textValue())
                .containsExactly("EVR-1", "EVR-2");
        assertThat(first.get("next").textValue()).isEqualTo("EVR-2");
        var second = json(get("devices?limit=2&after=EVR-2", token("auditor")));
        assertThat(second.get("devices"))
                .extracting(device -> device.get("deviceId").textValue())
                .containsExactly("EVR-3");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(json(get("devices", token("auditor"))).get("devices")).hasSize(3);
    }

    @Test
    void aLimitThatIsNoneIsRefused() throws Exception {
        for (var limit : new String[] {"0", "1001", "x", "-1"}) {
            assertProblem(
                    get("devices?limit=" + limit, token("auditor")),
                    400,
                    "The request can not be carried out: limit: is not a number from 1 to 1000.");
        }
    }

    @Test
    void withoutATokenNothingIsAnsweredAndItIsReported() throws Exception {
        var detail = "The call needs a valid bearer token; get a new one and send it in the header Authorization.";
        var answer = get("devices/EVR-1", null);
        assertProblem(answer, 401, detail);
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertProblem(put("devices/EVR-1", EVR_1, null), 401, detail);
        assertThat(refusals.calls())
                .containsExactly("401 127.0.0.1 GET /devices/EVR-1", "401 127.0.0.1 PUT /devices/EVR-1");
    }

    @Test
    void aTokenThatIsNotOursIsNone() throws Exception {
        var expired = Jwt.upn("alice")
                .groups("registrar")
                .issuer("test-issuer")
                .audience("evenroll")
                .expiresIn(Duration.ofHours(-1))
                .sign();
        var otherAudience = Jwt.upn("alice")
                .groups("registrar")
                .issuer("test-issuer")
                .audience("other")
                .sign();
        var otherIssuer = Jwt.upn("alice")
                .groups("registrar")
                .issuer("other")
                .audience("evenroll")
                .sign();
        var tampered = token("auditor").replaceFirst("\\.[^.]*\\.", ".e30.");
        for (var token : new String[] {expired, otherAudience, otherIssuer, tampered, "x", "a.b.c"}) {
            assertThat(get("devices", token).statusCode()).isEqualTo(401);
        }
        assertThat(refusals.calls()).hasSize(6);
    }

    @Test
    void aRoleIsNeededForEachCallAndItsLackIsReported() throws Exception {
        var detail = "The token's groups do not hold a role that this call needs; PUT needs registrar, "
                + "GET needs registrar, revoker or auditor.";
        assertProblem(put("devices/EVR-1", EVR_1, token("auditor")), 403, detail);
        assertProblem(get("devices", token("visitor")), 403, detail);
        assertThat(refusals.calls())
                .containsExactly("403 alice 127.0.0.1 PUT /devices/EVR-1", "403 alice 127.0.0.1 GET /devices");
        assertThat(get("devices/EVR-1", token("auditor")).statusCode()).isEqualTo(404);
    }

    @Test
    void aRegistryThatDoesNotApplyTheCommandIsUnavailable() throws Exception {
        registry.have(MemoryRegistry.Fault.STUCK);
        var answer = put("devices/EVR-1", EVR_1, token("registrar"));
        assertProblem(
                answer,
                503,
                "The registration of EVR-1 has been written, and the registry has not applied it within 0 s; it will. "
                        + "Look at the device in a moment, or repeat the registration: it does no harm.");
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void aRegistryThatCanNotBeReadIsUnavailable() throws Exception {
        registry.have(MemoryRegistry.Fault.UNAVAILABLE);
        assertProblem(get("devices", token("auditor")), 503, "The registry is away; ask again.");
        assertProblem(get("devices/EVR-1", token("auditor")), 503, "The registry is away; ask again.");
    }

    @Test
    void wrongPathsMethodsAndMediaTypesAreProblemsToo() throws Exception {
        assertProblem(
                get("nothing", token("auditor")),
                404,
                "There is nothing at this path; use /devices or /devices/{deviceId}.");
        assertProblem(
                send(request("devices", token("registrar")).DELETE()),
                405,
                "The method is not offered at this path; use GET, or PUT on /devices/{deviceId}.");
        assertProblem(
                send(request("devices/EVR-1", token("registrar"))
                        .header("Content-Type", "text/plain")
                        .PUT(BodyPublishers.ofString(EVR_1))),
                415,
                "The body has to be JSON; send it as Content-Type: application/json.");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).get("detail").textValue()).isEqualTo(detail);
        assertThat(json(answer).get("status").intValue()).isEqualTo(status);
        assertThat(json(answer).get("type").textValue()).isEqualTo("about:blank");
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static String token(String role) {
        return Jwt.upn("alice")
                .groups(role)
                .issuer("test-issuer")
                .audience("evenroll")
                .expiresIn(Duration.ofMinutes(5))
                .sign();
    }

    private HttpResponse<String> put(String path, String body, @Nullable String token) throws Exception {
        return send(
                request(path, token).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send(request(path, token).GET());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(root.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
