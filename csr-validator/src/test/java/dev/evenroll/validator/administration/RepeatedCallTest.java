package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A call is repeated with its idempotency key, long after it was answered.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class RepeatedCallTest extends Calling {

    private static final String STOLEN = "{\"reason\":\"stolen\"}";
    private static final String[] KEY = {"Idempotency-Key", "3f0c"};
    private static final String ROW = "{\"deviceId\":\"EVR-1\"," + EVR_1.substring(1);

    @Test
    void theFifthOldestIsAnsweredLikeTheFirstTime() throws Exception {
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), KEY), 201);
        fiveOthers("EVR-1");
        var before = get("devices/EVR-1", token("auditor")).body();
        var repeated = put("devices/EVR-1", EVR_1, token("registrar"), KEY);
        assertStatus(repeated, 201);
        assertThat(json(repeated).get("site").textValue())
                .as("the device as it is now")
                .isEqualTo("Yard 5");
        assertThat(get("devices/EVR-1", token("auditor")).body()).isEqualTo(before);
    }

    @Test
    void theKeyOfTheFifthOldestIsForNothingElse() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"), KEY);
        fiveOthers("EVR-1");
        assertProblem(
                post("devices/EVR-1/suspend", STOLEN, KEY),
                422,
                "The command for EVR-1 was refused: Idempotency-Key: was used for another command to this device; "
                        + "use a new key for each command.");
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), KEY), 201);
    }

    @Test
    void afterADayItIsCarriedOutAgain() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        post("devices/EVR-1/suspend", STOLEN, KEY);
        post("devices/EVR-1/resume", STOLEN);
        fiveOthers("EVR-1");
        assertThat(json(post("devices/EVR-1/suspend", STOLEN, KEY)).get("state").textValue())
                .isEqualTo("registered");
        registry.pass(Duration.ofHours(24));
        assertThat(json(post("devices/EVR-1/suspend", STOLEN, KEY)).get("state").textValue())
                .isEqualTo("suspended");
    }

    /// A batch takes no turns: others may be faster, and what they pushed out is still found.
    @Test
    void aCommandThatWasOvertakenIsLookedFor() throws Exception {
        registry.have(MemoryRegistry.Fault.OVERTAKEN);
        assertStatus(put("devices/EVR-1", EVR_1, token("registrar"), KEY), 201);
        registry.have(MemoryRegistry.Fault.NONE);
        assertThat(json(get("devices/EVR-1", token("auditor"))).get("revision").intValue())
                .isEqualTo(1);
    }

    @Test
    void theSameBatchAgainHasTheSameAnswer() throws Exception {
        var first = batch();
        assertThat(json(first).get("rows").findValuesAsText("result")).containsExactly("registered");
        fiveOthers("EVR-1");
        post("devices/EVR-1/decommission", STOLEN);
        assertThat(batch().body()).isEqualTo(first.body());
        registry.pass(Duration.ofHours(24));
        assertThat(json(batch()).get("rows").findValuesAsText("result")).containsExactly("refused");
    }

    @Test
    void theReplicaThatHoldsTheDeviceRemembers() throws Exception {
        registry.split(Set.of(0), Set.of(1));
        var address = root.toString();
        replicas.hold(URI.create(address.substring(0, address.length() - 1)), "EVR-2");
        assertStatus(put("devices/EVR-2", EVR_1, token("registrar"), KEY), 201);
        assertThat(registry.there()).containsExactly("EVR-2");
        fiveOthers("EVR-2");
        assertStatus(put("devices/EVR-2", EVR_1, token("registrar"), KEY), 201);
    }

    private HttpResponse<String> batch() throws Exception {
        return postAs(token("registrar"), "devices/batch", "application/x-ndjson", ROW, KEY);
    }

    private void fiveOthers(String deviceId) throws Exception {
        for (var number = 1; number <= 5; number++) {
            assertStatus(patch("devices/" + deviceId, "{\"site\":\"Yard " + number + "\"}"), 200);
        }
    }
}
