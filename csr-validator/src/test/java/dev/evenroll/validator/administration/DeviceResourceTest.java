package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/// What devices are.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class DeviceResourceTest extends Calling {

    private static final String DIFFERENTLY =
            "The device EVR-1 is registered differently and stays as it is; register it in the same words, "
                    + "change it with PATCH, or register it under its own serial number.";

    @Test
    void aNewDeviceIsCreatedAndTheSameAgainIsOk() throws Exception {
        var created = put("devices/EVR-1", EVR_1, token("registrar"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(created.headers().firstValue("etag")).hasValue("\"1\"");
        assertThat(created.body())
                .isEqualTo("{\"deviceId\":\"EVR-1\",\"manufacturer\":\"acme\",\"model\":\"Wallbox\","
                        + "\"ocppIdentity\":\"CS-1\",\"owner\":\"Charge Here Ltd\",\"site\":\"Car park 3\","
                        + "\"enrollmentModels\":[\"factory\"],\"profile\":\"charging-station\",\"state\":\"registered\","
                        + "\"registeredAt\":\"2026-11-22T10:00:00Z\",\"changedAt\":\"2026-11-22T10:00:00Z\","
                        + "\"revision\":1}");
        assertThat(put("devices/EVR-1", EVR_1, token("registrar")).statusCode()).isEqualTo(200);
        var shown = get("devices/EVR-1", token("auditor"));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("etag")).hasValue("\"1\"");
        assertThat(shown.body()).isEqualTo(created.body());
        assertThat(put("devices/EVR-1", shown.body(), token("registrar")).statusCode())
                .as("what was shown may be sent back")
                .isEqualTo(200);
        assertThat(refusals.calls()).isEmpty();
    }

    @Test
    void aContradictionIsAConflictThatNamesTheFields() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var conflict = put("devices/EVR-1", EVR_1.replace("CS-1", "CS-2"), token("registrar"));
        assertProblem(conflict, 409, DIFFERENTLY);
        assertThat(json(conflict).get("errors").toString())
                .isEqualTo("[{\"field\":\"ocppIdentity\",\"reason\":\"is registered as \\\"CS-1\\\"\"}]");
    }

    @Test
    void aManufacturerWithoutAnchorIsAWarningWhereItMatters() throws Exception {
        var created = put("devices/EVR-1", EVR_1.replace("acme", "initech"), token("registrar"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).get("warnings").get(0).textValue())
                .startsWith("manufacturer: there is no trust anchor named \"initech\"");
        var byToken = EVR_1.replace("acme", "initech").replace("}", ",\"enrollmentModels\":[\"field\"]}");
        assertThat(json(put("devices/EVR-2", byToken, token("registrar"))).has("warnings"))
                .isFalse();
    }

    @Test
    void everythingThatIsWrongWithABodyIsSaidAtOnce() throws Exception {
        var answer = put("devices/EVR-1", """
                {"deviceId":"EVR-2","manufacturer":"","model":7,"ocppIdentity":"a/b","owner":"o","colour":"red",
                 "enrollmentModels":["field","RENEWAL"],"idevidSha256":"AB","keySha256":[]}""", token("registrar"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("errors"))
                .extracting(error -> error.get("field").textValue() + ": "
                        + error.get("reason").textValue())
                .containsExactly(
                        "colour: is not a field that is known here; those are manufacturer, model, ocppIdentity, owner, "
                                + "site, enrollmentModels, idevidSha256, keySha256, profile",
                        "deviceId: is not the device of the path; leave it out",
                        "model: is not a string; put it in quotation marks",
                        "enrollmentModels: may hold factory, field, just-in-time, central-gateway only",
                        "keySha256: is not a string; put it in quotation marks",
                        "manufacturer: is missing; give 1 to 64 characters",
                        "ocppIdentity: may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)",
                        "site: is missing; give 1 to 255 characters",
                        "idevidSha256: is not a SHA-256; "
                                + "give the 64 lower-case hex digits of the SHA-256 of the IDevID certificate in DER");
    }

    @Test
    void aProfileHasToBeThereAndToFitTheDevice() throws Exception {
        assertProblem(
                put("devices/EVR-1", with("\"profile\":\"csms\""), token("registrar")),
                400,
                "The request can not be carried out: profile: is \"csms\", which is no profile here; give one of "
                        + "charging-station, charging-station-ocpp16, v2g-secc, local-controller, csms-server.");
        // No device may speak for the CA about revocation.
        assertProblem(
                put("devices/EVR-1", with("\"profile\":\"ocsp-responder\""), token("registrar")),
                400,
                "The request can not be carried out: profile: is \"ocsp-responder\", which is no profile here; give one of "
                        + "charging-station, charging-station-ocpp16, v2g-secc, local-controller, csms-server.");
        var shape = "The request can not be carried out: profile: is csms-server, whose devices have a fully qualified "
                + "host name without a wildcard, like csms.example.com as id, and EVR-1 is none; give another profile, "
                + "or register the device under such an id.";
        assertProblem(put("devices/EVR-1", with("\"profile\":\"csms-server\""), token("registrar")), 400, shape);
        var created =
                put("devices/csms.example.com", with("\"profile\":\"csms-server\""), token("registrar", "approver"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).get("profile").textValue()).isEqualTo("csms-server");

        put("devices/EVR-1", EVR_1, token("registrar"));
        assertProblem(patch("devices/EVR-1", "{\"profile\":\"csms-server\"}"), 400, shape);
        assertThat(json(patch("devices/EVR-1", "{\"profile\":\"v2g-secc\"}"))
                        .get("profile")
                        .textValue())
                .isEqualTo("v2g-secc");
        assertThat(json(get("devices?profile=v2g-secc", token("auditor"))).get("devices"))
                .extracting(device -> device.get("deviceId").textValue())
                .containsExactly("EVR-1");
        assertThat(json(patch("devices/EVR-1", "{\"profile\":null}"))
                        .get("profile")
                        .textValue())
                .isEqualTo("charging-station");
    }

    private static String with(String field) {
        return EVR_1.replace("}", "," + field + "}");
    }

    @Test
    void whatIsNotAJsonObjectIsRefused() throws Exception {
        var detail = "The body is not a JSON object; send one with the fields "
                + "manufacturer, model, ocppIdentity, owner, site, enrollmentModels, idevidSha256, keySha256, "
                + "profile.";
        for (var body : new String[] {"", "[]", "{", "null", "{\"model\":\"a\",\"model\":\"b\"}", EVR_1 + "{}"}) {
            assertProblem(put("devices/EVR-1", body, token("registrar")), 400, detail);
        }
        assertProblem(
                put("devices/EVR-1", EVR_1.replace("Wallbox", "x".repeat(17_000)), token("registrar")),
                413,
                "The body is larger than 16384 bytes; no request here needs as much.");
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
        var detail = "The device EVR-9 is not registered; register it with PUT /devices/EVR-9.";
        assertProblem(get("devices/EVR-9", token("revoker")), 404, detail);
        assertProblem(patch("devices/EVR-9", "{}"), 404, detail);
        assertProblem(
                put("devices/EVR-9", EVR_1, token("registrar"), "If-Match", "\"1\""),
                412,
                "The device EVR-9 is not registered; register it without If-Match.");
    }

    @Test
    void aDeviceIsDescribedAnewByWhoKnowsItsRevision() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var anew = EVR_1.replace("CS-1", "CS-2");
        assertProblem(
                put("devices/EVR-1", anew, token("registrar"), "If-Match", "\"7\""),
                412,
                "The command for EVR-1 was refused: revision: is 1, not 7; read the device again and decide anew.");
        var changed = put("devices/EVR-1", anew, token("registrar"), "If-Match", "\"1\"");
        assertStatus(changed, 200);
        assertThat(changed.headers().firstValue("etag")).hasValue("\"2\"");
        assertThat(json(changed).get("ocppIdentity").textValue()).isEqualTo("CS-2");
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), "If-Match", "*"), 200);
    }

    @Test
    void aPatchChangesWhatItNames() throws Exception {
        put("devices/EVR-1", EVR_1.replace("}", ",\"keySha256\":\"" + "ab".repeat(32) + "\"}"), token("registrar"));
        var changed = patch("devices/EVR-1", """
                {"site":"Yard","enrollmentModels":["central-gateway","field"],"keySha256":null}""");
        assertStatus(changed, 200);
        assertThat(json(changed).get("site").textValue()).isEqualTo("Yard");
        assertThat(json(changed).get("owner").textValue()).isEqualTo("Charge Here Ltd");
        assertThat(json(changed).get("enrollmentModels").toString()).isEqualTo("[\"field\",\"central-gateway\"]");
        assertThat(json(changed).has("keySha256")).isFalse();
        assertThat(json(patch("devices/EVR-1", "{\"enrollmentModels\":null}"))
                        .get("enrollmentModels")
                        .toString())
                .isEqualTo("[\"factory\"]");
        var answer = patch("devices/EVR-1", "{\"state\":\"enrolled\",\"owner\":null,\"site\":1}");
        assertStatus(answer, 400);
        assertThat(json(answer).get("errors"))
                .extracting(error -> error.get("field").textValue())
                .containsExactly("state", "site", "owner");
        assertStatus(patch("devices/EVR-1", "{\"site\":\"Z\"}", "If-Match", "\"1\""), 412);
    }

    @Test
    void anIdempotencyKeyStandsForOneCall() throws Exception {
        var key = new String[] {"Idempotency-Key", "3f0c"};
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), key), 201);
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), key), 201);
        assertProblem(
                put("devices/EVR-1", EVR_1.replace("CS-1", "CS-2"), token("registrar"), key),
                422,
                "The command for EVR-1 was refused: Idempotency-Key: was used for another command to this device; "
                        + "use a new key for each command.");
        assertStatus(put("devices/EVR-1", EVR_1, tokenOf("bob", "registrar"), key), 200);
        assertProblem(
                put("devices/EVR-1", EVR_1, token("registrar"), "Idempotency-Key", "a b"),
                400,
                "The request can not be carried out: Idempotency-Key: is not 1 to 255 visible ASCII characters; "
                        + "a UUID will do.");
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
    void aListIsOfWhatMatches() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        put("devices/EVR-2", EVR_1.replace("Car park 3", "Yard & Co"), token("registrar"));
        put("devices/EVR-3", EVR_1.replace("acme", "globex").replace("Wallbox", "X1"), token("registrar"));
        post("devices/EVR-2/suspend", "{\"reason\":\"stolen\"}");
        registry.certify("EVR-3", MemoryRegistry.NOW.plusSeconds(60));
        assertThat(listed("state=suspended")).isEqualTo("EVR-2");
        assertThat(listed("state=REGISTERED")).isEqualTo("EVR-1");
        assertThat(listed("site=Yard%20%26%20Co")).isEqualTo("EVR-2");
        assertThat(listed("manufacturer=acme")).isEqualTo("EVR-1 EVR-2");
        assertThat(listed("model=X1&manufacturer=globex")).isEqualTo("EVR-3");
        assertThat(listed("expiringBefore=2026-11-22T10:01:00Z")).isEmpty();
        assertThat(listed("expiringBefore=2026-11-22T10:01:01Z")).isEqualTo("EVR-3");
    }

    private String listed(String query) throws Exception {
        var ids =
                json(get("devices?" + query, token("installer"))).get("devices").findValuesAsText("deviceId");
        return String.join(" ", ids);
    }

    @Test
    void aParameterThatIsNoneIsRefused() throws Exception {
        for (var limit : new String[] {"0", "1001", "x", "-1"}) {
            assertProblem(
                    get("devices?limit=" + limit, token("auditor")),
                    400,
                    "The request can not be carried out: limit: is not a number from 1 to 1000.");
        }
        assertProblem(
                get("devices?expiringBefore=tomorrow", token("auditor")),
                400,
                "The request can not be carried out: expiringBefore: is not a point in time; "
                        + "write it like 2026-11-22T10:00:00Z.");
        assertProblem(
                get("devices?state=stolen", token("auditor")),
                400,
                "The request can not be carried out: state: is none; those are registered, enrolled, suspended, "
                        + "quarantined, decommissioned, unknown.");
        assertProblem(
                get("devices?sites=Yard", token("auditor")),
                400,
                "The request can not be carried out: sites: is not a parameter of this call; those are after, "
                        + "expiringBefore, limit, manufacturer, model, profile, site, state.");
    }

    @Test
    void aRegistryThatDoesNotApplyTheCommandIsUnavailable() throws Exception {
        registry.have(MemoryRegistry.Fault.STUCK);
        var answer = put("devices/EVR-1", EVR_1, token("registrar"));
        assertProblem(
                answer,
                503,
                "The command for EVR-1 has been written, and the registry has not applied it within 0 s; it will. "
                        + "Look again in a moment, or repeat the call with the same Idempotency-Key: it does no harm.");
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void wordsAreUnderstoodInTheFormerSpellingToo() throws Exception {
        var answer = put(
                "devices/EVR-1",
                EVR_1.replace("}", ",\"enrollmentModels\":[\"JUST_IN_TIME\",\"central-gateway\"]}"),
                token("registrar"));
        assertThat(json(answer).get("enrollmentModels").toString()).isEqualTo("[\"just-in-time\",\"central-gateway\"]");
        assertStatus(
                put(
                        "registration-authorities/lc-words",
                        "{\"kind\":\"LOCAL_CONTROLLER\",\"sites\":[\"Yard\"]}",
                        token("registrar")),
                201);
        assertThat(json(get("registration-authorities/lc-words", token("auditor")))
                        .get("kind")
                        .textValue())
                .isEqualTo("local-controller");
    }

    /// The partition may have been moved since, or its notice may have got lost.
    @Test
    void whatNobodyTellsIsLookedFor() throws Exception {
        registry.have(MemoryRegistry.Fault.SILENT);
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar")), 201);
        assertStatus(patch("devices/EVR-1", "{\"site\":\"Yard\"}"), 200);
    }

    @Test
    void aRegistryThatCanNotBeReadIsUnavailable() throws Exception {
        registry.have(MemoryRegistry.Fault.UNAVAILABLE);
        assertProblem(get("devices", token("auditor")), 503, "The registry is away; ask again.");
        assertProblem(get("devices/EVR-1", token("auditor")), 503, "The registry is away; ask again.");
    }
}
