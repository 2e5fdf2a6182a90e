package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/// What calls depend on: entity tags (RFC 9110 section 13).
@QuarkusTest
@TestProfile(WithoutKafka.class)
class PreconditionTest extends Calling {

    @Test
    void ifMatchNamesOneOrMoreRevisionsByStrongComparison() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var anew = EVR_1.replace("CS-1", "CS-2");
        for (var tag : new String[] {"W/\"1\"", "\"x\"", "\"-1\"", "\"\"", "W/\"1\", \"x\""}) {
            assertProblem(
                    put("devices/EVR-1", anew, token("registrar"), "If-Match", tag),
                    412,
                    "The command for EVR-1 was refused: revision: is 1, which the call is not for; "
                            + "read the device again and decide anew.");
        }
        assertStatus(put("devices/EVR-1", anew, token("registrar"), "If-Match", "\"7\", \"8\""), 412);
        assertStatus(put("devices/EVR-1", anew, token("registrar"), "If-Match", ",\"7\" ,,W/\"x\", \"1\","), 200);
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), "If-Match", "\"7\"", "If-Match", "\"2\""), 200);
        for (var garbage : new String[] {"1", "\"1\" \"2\"", "\"1", "w/\"1\"", "*, \"1\"", ","}) {
            assertProblem(
                    put("devices/EVR-1", anew, token("registrar"), "If-Match", garbage),
                    400,
                    "The request can not be carried out: If-Match: is neither * nor a list of entity tags like \"7\" "
                            + "(RFC 9110 section 8.8.3); send the ETag of the answer that you decided on.");
        }
    }

    @Test
    void whatTheCallerHasIsNotSentAgain() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        for (var tag : new String[] {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"}) {
            var answer = get("devices/EVR-1", token("auditor"), "If-None-Match", tag);
            assertStatus(answer, 304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("etag")).hasValue("\"1\"");
        }
        assertStatus(get("devices/EVR-1", token("auditor"), "If-None-Match", "\"2\""), 200);
        assertStatus(get("devices/EVR-1", token("auditor"), "If-Match", "\"1\""), 200);
        assertProblem(
                get("devices/EVR-1", token("auditor"), "If-Match", "W/\"1\""),
                412,
                "What is there has the revision 1, which If-Match does not name; read it without If-Match.");
        assertProblem(
                get("devices/EVR-9", token("auditor"), "If-None-Match", "*"),
                404,
                "The device EVR-9 is not registered; register it with PUT /devices/EVR-9.");
    }

    /// What changes no revision changes nothing that is shown under its ETag.
    @Test
    void theSameEntityTagIsTheSameRepresentation() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        var shown = get("devices/EVR-1", token("auditor"));
        registry.tick();
        assertStatus(post("devices/EVR-1/resume", "{\"reason\":\"x\"}"), 200);
        assertStatus(post("devices/EVR-1/token", "{}"), 409);
        registry.lockToken("EVR-1");
        var after = get("devices/EVR-1", token("auditor"));
        assertThat(after.headers().firstValue("etag")).isEqualTo(shown.headers().firstValue("etag"));
        assertThat(after.body()).isEqualTo(shown.body());
        assertStatus(post("devices/EVR-1/suspend", "{\"reason\":\"x\"}"), 200);
        assertThat(json(get("devices/EVR-1", token("auditor"))).get("changedAt").textValue())
                .isEqualTo("2026-11-22T10:00:01Z");
    }

    @Test
    void aDeviceIsRegisteredOnlyWhenThereIsNone() throws Exception {
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), "If-None-Match", "*"), 201);
        assertProblem(
                put("devices/EVR-1", EVR_1, token("registrar"), "If-None-Match", "*"),
                412,
                "The command for EVR-1 was refused: revision: is 1, and the device was to be new; "
                        + "read the device again and decide anew.");
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), "If-None-Match", "\"1\""), 412);
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), "If-None-Match", "\"7\""), 200);
        assertProblem(
                put("devices/EVR-1", EVR_1, token("registrar"), "If-None-Match", "*", "If-Match", "*"),
                400,
                "The request can not be carried out: If-None-Match: stands beside If-Match; send one of them, "
                        + "they say opposite things.");
    }
}
