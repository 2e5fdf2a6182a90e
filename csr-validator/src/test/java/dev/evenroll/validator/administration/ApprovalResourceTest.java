package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Enrollments that wait for a person, as people see and decide them.
@QuarkusTest
@TestProfile(WithoutKafka.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class ApprovalResourceTest extends Calling {

    private static final String E1 = "a1".repeat(32);
    private static final String E2 = "b2".repeat(32);
    private static final String YES = "{\"approved\":true,\"reason\":\"known to us\"}";

    @Inject
    MemoryApprovals approvals;

    @BeforeEach
    void register() throws Exception {
        put("devices/EVR-1", EVR_1, token("registrar"));
        approvals.wait("EVR-1", E1);
    }

    private HttpResponse<String> decide(String path, String body, String... headers) throws Exception {
        return postAs(tokenOf("ada", "approver"), path, "application/json", body, headers);
    }

    @Test
    void anEnrollmentIsShownWithEverythingThatAPersonNeeds() throws Exception {
        var answer = get("approvals/EVR-1/" + E1, token("installer"));
        assertStatus(answer, 200);
        assertThat(json(answer)).isEqualTo(json("""
                        {"deviceId":"EVR-1","enrollmentId":"%s","pendingSince":"2026-11-22T10:00:00Z",
                        "expiresAt":"2026-11-29T10:00:00Z","reason":"pilot phase","model":"just-in-time",
                        "policy":"rollout","policyVersion":"a@0123456789ab","requester":"serialNumber=EVR-1",
                        "keySha256":"%s","requesterSha256":"%s",
                        "remoteAddress":"192.0.2.1","decision":null}""".formatted(E1, "ab".repeat(32), "cd".repeat(32))));
    }

    @Test
    void aPersonDecidesOnce() throws Exception {
        var answer = decide("approvals/EVR-1/" + E1, YES, "Idempotency-Key", "k1");
        assertStatus(answer, 200);
        assertThat(json(answer).get("decision")).isEqualTo(json("""
                {"approved":true,"actor":"ada","reason":"known to us","decidedAt":"2026-11-22T10:00:00Z"}"""));
        assertStatus(decide("approvals/EVR-1/" + E1, YES, "Idempotency-Key", "k1"), 200);
        assertProblem(
                decide("approvals/EVR-1/" + E1, "{\"approved\":false,\"reason\":\"no\"}"),
                409,
                "The enrollment " + E1 + " was approved by ada at 2026-11-22T10:00:00Z, and that stands; "
                        + "have the device make a new request.");
    }

    @Test
    void whatIsRejectedSaysSo() throws Exception {
        var answer = decide("approvals/EVR-1/" + E1, "{\"approved\":false,\"reason\":\"stolen\"}");
        assertThat(json(answer).get("decision").get("approved").booleanValue()).isFalse();
        assertThat(list("approvals?decided=false")).isEmpty();
        assertThat(list("approvals?decided=true")).containsExactly("EVR-1/" + E1);
    }

    @Test
    void whatDoesNotWaitCanNotBeDecided() throws Exception {
        var detail = "No enrollment " + E2 + " of the device EVR-1 waits for a person; it was never asked for, or has "
                + "expired. See GET /approvals.";
        assertProblem(decide("approvals/EVR-1/" + E2, YES), 404, detail);
        assertProblem(get("approvals/EVR-1/" + E2, token("approver")), 404, detail);
    }

    @Test
    void aSuspendedDeviceIsNotApproved() throws Exception {
        post("devices/EVR-1/suspend", "{\"reason\":\"stolen\"}");
        assertProblem(
                decide("approvals/EVR-1/" + E1, YES),
                409,
                "The command for EVR-1 was refused: state: is suspended; resume the device before you approve its "
                        + "enrollment.");
    }

    @Test
    void aDecisionHasToBeWhole() throws Exception {
        assertProblem(
                decide("approvals/EVR-1/" + E1, "{\"approve\":true}"),
                400,
                "The request can not be carried out: approve: is not a field that is known here; those are approved, "
                        + "reason; approved: is missing; say true or false; reason: is missing; give 1 to 500 "
                        + "characters.");
        assertProblem(
                decide("approvals/EVR-1/E1", YES),
                400,
                "The request can not be carried out: enrollmentId: is not a SHA-256; give the 64 lower-case hex "
                        + "digits of the SHA-256 of what it names.");
    }

    @Test
    void aListIsFilteredAndComesInPages() throws Exception {
        // The order is that of the device, not that of the text "device/enrollment".
        for (var device : new String[] {"EVR-1-A", "EVR-10", "EVR-2"}) {
            approvals.wait(device, E1);
        }
        approvals.wait("EVR-1", E2);
        assertThat(list("approvals"))
                .containsExactly("EVR-1/" + E1, "EVR-1/" + E2, "EVR-1-A/" + E1, "EVR-10/" + E1, "EVR-2/" + E1);
        assertThat(list("approvals?device=EVR-1")).containsExactly("EVR-1/" + E1, "EVR-1/" + E2);
        var first = json(get("approvals?limit=2", token("auditor")));
        assertThat(first.get("next").textValue()).isEqualTo("EVR-1/" + E2);
        assertThat(list("approvals?limit=2&after=EVR-1/" + E2)).containsExactly("EVR-1-A/" + E1, "EVR-10/" + E1);
        assertThat(json(get("approvals?limit=2&after=EVR-10/" + E1, token("auditor")))
                        .get("next")
                        .isNull())
                .isTrue();
        assertProblem(
                get("approvals?after=x", token("auditor")),
                400,
                "The request can not be carried out: after: is no place in the list; give the next of the page "
                        + "before.");
        assertStatus(get("approvals?decided=maybe", token("auditor")), 400);
        assertStatus(get("approvals?devices=EVR-1", token("auditor")), 400);
    }

    @Test
    void aListThatWouldNotBeCompleteIsNone() throws Exception {
        approvals.hold(Set.of(1));
        assertProblem(
                get("approvals", token("auditor")),
                503,
                "The list would not be complete: nobody who could be asked holds the partitions [0] of the registry. "
                        + "Ask again in a moment; if this goes on, have evenroll.advertised-url set for every "
                        + "replica.");
        assertStatus(get("approvals", token("auditor"), "Evenroll-Forwarded", "true"), 200);
    }

    @Test
    void aListIsThatOfAllReplicasInOrder() throws Exception {
        var address = root.toString();
        replicas.hold(URI.create(address.substring(0, address.length() - 1)), "EVR-1-A", "EVR-2");
        approvals.split(Set.of("EVR-1-A", "EVR-2"));
        for (var device : new String[] {"EVR-1-A", "EVR-10", "EVR-2"}) {
            approvals.wait(device, E1);
        }
        assertThat(list("approvals")).containsExactly("EVR-1/" + E1, "EVR-1-A/" + E1, "EVR-10/" + E1, "EVR-2/" + E1);
        assertThat(list("approvals?limit=2")).containsExactly("EVR-1/" + E1, "EVR-1-A/" + E1);
        assertThat(list("approvals?limit=2&after=EVR-1-A/" + E1)).containsExactly("EVR-10/" + E1, "EVR-2/" + E1);
    }

    private List<String> list(String path) throws Exception {
        var answer = get(path, token("auditor"));
        assertStatus(answer, 200);
        var places = new ArrayList<String>();
        for (JsonNode approval : json(answer).get("approvals")) {
            places.add(approval.get("deviceId").textValue() + "/"
                    + approval.get("enrollmentId").textValue());
        }
        return places;
    }
}
