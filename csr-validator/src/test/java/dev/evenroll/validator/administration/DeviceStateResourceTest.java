package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.OneTimeToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of devices.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class DeviceStateResourceTest extends Calling {

    private static final String STOLEN = "{\"reason\":\"stolen\"}";

    @BeforeEach
    void register() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        put("devices/EVR-2", EVR_1.replace("}", ",\"enrollmentModels\":[\"field\"]}"), token("registrar"));
    }

    @Test
    void aDeviceIsTakenOutAndComesBack() throws Exception {
        var suspended = post("devices/EVR-1/suspend", STOLEN);
        assertStatus(suspended, 200);
        assertThat(json(suspended).get("state").textValue()).isEqualTo("suspended");
        assertThat(json(suspended).get("stateReason").textValue()).isEqualTo("stolen");
        assertThat(suspended.headers().firstValue("etag")).hasValue("\"2\"");
        assertProblem(
                post("devices/EVR-1/quarantine", STOLEN),
                409,
                "The command for EVR-1 was refused: state: is suspended; resume the device before you put it in "
                        + "quarantine.");
        var resumed = json(post("devices/EVR-1/resume", "{\"reason\":\"found\"}"));
        assertThat(resumed.get("state").textValue()).isEqualTo("registered");
        assertThat(resumed.has("stateReason")).isFalse();
        assertThat(json(post("devices/EVR-1/quarantine", STOLEN)).get("state").textValue())
                .isEqualTo("quarantined");
        assertThat(json(post("devices/EVR-1/decommission", STOLEN)).get("state").textValue())
                .isEqualTo("decommissioned");
        assertStatus(patch("devices/EVR-1", "{\"site\":\"Yard\"}"), 409);
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar")), 201);
    }

    @Test
    void aChangeIsForTheRevisionThatTheCallerKnows() throws Exception {
        assertStatus(post("devices/EVR-1/suspend", STOLEN, "If-Match", "\"2\""), 412);
        assertStatus(post("devices/EVR-1/suspend", STOLEN, "If-Match", "\"1\""), 200);
    }

    @Test
    void aChangeWithoutAReasonIsRefused() throws Exception {
        for (var body : new String[] {"{}", "{\"reason\":\"\"}", "{\"reason\":null}"}) {
            assertProblem(
                    post("devices/EVR-1/suspend", body),
                    400,
                    "The request can not be carried out: reason: is missing; give 1 to 500 characters.");
        }
        assertStatus(post("devices/EVR-1/suspend", ""), 400);
        assertStatus(post("devices/EVR-9/suspend", STOLEN), 404);
        assertStatus(post("devices/EVR-1/explode", STOLEN), 404);
    }

    @Test
    void aDeviceIsTransferred() throws Exception {
        var transferred = json(post("devices/EVR-1/transfer", "{\"owner\":\"Other Ltd\",\"site\":\"Yard\"}"));
        assertThat(transferred.get("owner").textValue()).isEqualTo("Other Ltd");
        assertThat(transferred.get("site").textValue()).isEqualTo("Yard");
        assertProblem(
                post("devices/EVR-1/transfer", "{\"site\":\"\"}"),
                400,
                "The request can not be carried out: owner: is missing; give 1 to 64 characters; "
                        + "site: is missing; give 1 to 255 characters.");
    }

    @Test
    void aTokenIsShownOnce() throws Exception {
        var key = new String[] {"Idempotency-Key", "t1"};
        var created = post("devices/EVR-2/token", "{\"validFor\":\"PT1H\"}", key);
        assertStatus(created, 201);
        assertThat(created.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(json(created).get("deviceId").textValue()).isEqualTo("EVR-2");
        assertThat(json(created).get("expiresAt").textValue()).isEqualTo("2026-11-22T11:00:00Z");
        var token = OneTimeToken.read(json(created).get("token").textValue()).orElseThrow();
        assertThat(registry.lastTokenSha256()).isEqualTo(token.sha256());
        assertProblem(
                post("devices/EVR-2/token", "{\"validFor\":\"PT1H\"}", key),
                409,
                "A command with this Idempotency-Key was given for EVR-2 before. A token is shown once and kept "
                        + "nowhere: create another one, under a new key.");
        assertThat(registry.lastTokenSha256()).isEqualTo(token.sha256());
        assertThat(json(post("devices/EVR-2/token", "", key[0], "t2"))
                        .get("expiresAt")
                        .textValue())
                .isEqualTo("2026-11-23T10:00:00Z");
        assertThat(registry.lastTokenSha256()).isNotEqualTo(token.sha256());
    }

    @Test
    void aTokenIsForADeviceThatMayEnrollByOne() throws Exception {
        assertProblem(
                post("devices/EVR-1/token", "{}"),
                409,
                "The command for EVR-1 was refused: enrollmentModels: field is not among them; "
                        + "allow it before you create a token.");
        assertStatus(post("devices/EVR-9/token", "{}"), 404);
        for (var validFor : new String[] {"PT59S", "P31D", "1h", "-PT1H", "PT99999999999999999999H"}) {
            assertProblem(
                    post("devices/EVR-2/token", "{\"validFor\":\"" + validFor + "\"}"),
                    400,
                    "The request can not be carried out: validFor: is not a duration from PT1M to P30D; "
                            + "write it like PT24H or P7D (ISO 8601).");
        }
    }

    @Test
    void anInstallerMakesTokensAndNothingElse() throws Exception {
        var installer = token("installer");
        assertStatus(postAs(installer, "devices/EVR-2/token", "application/json", "{}"), 201);
        assertStatus(postAs(installer, "devices/EVR-2/suspend", "application/json", STOLEN), 403);
        assertStatus(get("devices/EVR-2", installer), 200);
    }
}
