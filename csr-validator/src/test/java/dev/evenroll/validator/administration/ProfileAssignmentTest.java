package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Certificate profiles whose holder speaks for others: a registrar alone gives them to nobody.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class ProfileAssignmentTest extends Calling {

    private static final String CONTROLLER = EVR_1.replace("}", ",\"profile\":\"local-controller\"}");
    private static final String REASON =
            "profile: is local-controller, whose certificates are given by people with the role approver only; have it "
                    + "given to you, have somebody do it who has it, or give another profile";
    private static final String LACKING = "The token does not have a role that this call needs: " + REASON + ".";

    @Test
    void aRegistrarAloneRegistersNoDeviceThatSpeaksForOthers() throws Exception {
        var refused = put("devices/EVR-1", CONTROLLER, token("registrar"));
        assertProblem(refused, 403, LACKING);
        assertThat(json(refused).at("/errors/0/field").textValue()).isEqualTo("profile");
        assertThat(refusals.calls()).containsExactly("403 alice 127.0.0.1 PUT /devices/EVR-1");
        assertStatus(get("devices/EVR-1", token("auditor")), 404);

        assertStatus(put("devices/EVR-1", CONTROLLER, token("registrar", "approver")), 201);
        assertThat(refusals.calls()).hasSize(1);
    }

    @Test
    void norGivesTheProfileToOneThatIsThere() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        assertProblem(patch("devices/EVR-1", "{\"profile\":\"local-controller\"}"), 403, LACKING);
        assertProblem(put("devices/EVR-1", CONTROLLER, token("registrar"), "If-Match", "*"), 403, LACKING);
        assertThat(profile()).isEqualTo("charging-station");
        assertThat(refusals.calls())
                .containsExactly("403 alice 127.0.0.1 PATCH /devices/EVR-1", "403 alice 127.0.0.1 PUT /devices/EVR-1");
    }

    /// Who chooses the key, the manufacturer or the token of such a device is who speaks.
    @Test
    void norChangesWhoItIsOrMakesATokenForIt() throws Exception {
        put(
                "devices/EVR-1",
                CONTROLLER.replace("}", ",\"enrollmentModels\":[\"field\"]}"),
                token("registrar", "approver"));
        assertProblem(patch("devices/EVR-1", "{\"manufacturer\":\"globex\"}"), 403, LACKING);
        assertProblem(tokenBy("registrar"), 403, LACKING);
        assertProblem(tokenBy("installer"), 403, LACKING);
        assertStatus(tokenBy("installer", "approver"), 201);

        // Whoever takes the profile away takes nothing for himself.
        assertStatus(patch("devices/EVR-1", "{\"profile\":null}"), 200);
        assertThat(profile()).isEqualTo("charging-station");
        assertStatus(tokenBy("installer"), 201);
    }

    @Test
    void aRowOfABatchIsRefusedByItselfAndTheBatchReportedOnce() throws Exception {
        var rows = String.join(
                "\n",
                CONTROLLER.replace("{", "{\"deviceId\":\"EVR-1\","),
                CONTROLLER.replace("{", "{\"deviceId\":\"EVR-2\","),
                EVR_1.replace("{", "{\"deviceId\":\"EVR-3\","));
        var results = json(postAs(token("registrar"), "devices/batch", BatchResource.NDJSON, rows))
                .get("rows");
        assertThat(results)
                .extracting(row -> row.get("result").textValue())
                .containsExactly("refused", "refused", "registered");
        assertThat(results.at("/0/errors/0/field").textValue()).isEqualTo("profile");
        assertThat("profile: " + results.at("/0/errors/0/reason").textValue()).isEqualTo(REASON);
        assertThat(refusals.calls()).containsExactly("403 alice 127.0.0.1 POST /devices/batch");
    }

    private HttpResponse<String> tokenBy(String... roles) throws Exception {
        return postAs(token(roles), "devices/EVR-1/token", "application/json", "{}");
    }

    private String profile() throws Exception {
        return json(get("devices/EVR-1", token("auditor"))).get("profile").textValue();
    }
}
