package dev.evenroll.validator.administration;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/// A parameter that nobody would look at is refused, whatever the call.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class KnownParametersTest extends Calling {

    private static final String NONE = "is not a parameter of this call, which has none; leave it out";

    @Test
    void callsWithoutParametersTakeNone() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        refuses("dryRun: " + NONE, get("devices/EVR-1?dryRun=true", token("auditor")));
        refuses("update: " + NONE, put("devices/EVR-2?update=true", EVR_1, token("registrar")));
        assertStatus(get("devices/EVR-2", token("auditor")), 404);
        refuses("force: " + NONE, patch("devices/EVR-1?force", "{\"site\":\"Yard\"}"));
        refuses("reason: " + NONE, post("devices/EVR-1/suspend?reason=stolen", "{\"reason\":\"stolen\"}"));
        refuses("validFor: " + NONE, post("devices/EVR-1/token?validFor=PT1H", "{}"));
        refuses("limit: " + NONE, get("registration-authorities?limit=5", token("auditor")));
        refuses("after: " + NONE, get("keys/" + "ab".repeat(32) + "?after=x", token("auditor")));
    }

    @Test
    void allUnknownOnesAreNamedWithThoseThatThereAre() throws Exception {
        refuses(
                "Limit: is not a parameter of this call; those are after, decided, device, limit;"
                        + " sites: is not a parameter of this call; those are after, decided, device, limit",
                get("approvals?sites=x&Limit=1&limit=1", token("auditor")));
        refuses(
                "upsert: is not a parameter of this call; those are update",
                postAs(token("registrar"), "devices/batch?upsert=true", "application/x-ndjson", ""));
    }

    @Test
    void whoMayNotCallHearsOnlyThat() throws Exception {
        assertStatus(get("devices?sites=x", null), 401);
        assertStatus(put("devices/EVR-1?x=y", EVR_1, token("auditor")), 403);
    }

    private static void refuses(String reasons, java.net.http.HttpResponse<String> answer) throws Exception {
        assertProblem(answer, 400, "The request can not be carried out: " + reasons + ".");
    }
}
