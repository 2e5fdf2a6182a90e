package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Public keys, as people see and block them.
@QuarkusTest
@TestProfile(WithoutKafka.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class KeyResourceTest extends Calling {

    private static final String KEY = "c3".repeat(32);
    private static final String REASON = "{\"reason\":\"published\"}";

    @Inject
    MemoryKeys keys;

    @BeforeEach
    void forget() {
        keys.clear();
    }

    @Test
    void aBlockedKeyListsTheCertificatesThatCarryIt() throws Exception {
        keys.certify(KEY, "EVR-1", "ab-01");
        keys.certify(KEY, "EVR-1", "ab-02");
        assertThat(json(get("keys/" + KEY, token("auditor")))).isEqualTo(json("""
                {"keySha256":"%s","deviceId":"EVR-1","claimedAt":"2026-11-22T10:00:00Z",
                "certificateIds":["ab-01","ab-02"],"block":null}""".formatted(KEY)));
        var blocked = put("keys/" + KEY + "/block", REASON, tokenOf("bob", "revoker"));
        assertStatus(blocked, 200);
        assertThat(json(blocked)).isEqualTo(json("""
                {"keySha256":"%s","deviceId":"EVR-1","claimedAt":"2026-11-22T10:00:00Z",
                "certificateIds":["ab-01","ab-02"],
                "block":{"actor":"bob","reason":"published","blockedAt":"2026-11-22T10:00:00Z"}}""".formatted(KEY)));
        assertThat(json(get("keys/" + KEY, token("auditor")))).isEqualTo(json(blocked));
    }

    @Test
    void aKeyThatNobodyHasClaimedIsBlockedToo() throws Exception {
        assertProblem(
                get("keys/" + KEY, token("revoker")),
                404,
                "Nothing is known of the key " + KEY + ": no device has claimed it, and nobody has blocked it.");
        var blocked = json(put("keys/" + KEY + "/block", REASON, token("revoker")));
        assertThat(blocked.get("deviceId").isNull()).isTrue();
        assertThat(blocked.get("claimedAt").isNull()).isTrue();
        assertThat(blocked.get("certificateIds")).isEmpty();
    }

    @Test
    void theFirstBlockStays() throws Exception {
        put("keys/" + KEY + "/block", REASON, tokenOf("bob", "revoker"));
        var again = put("keys/" + KEY + "/block", "{\"reason\":\"other\"}", tokenOf("carol", "revoker"));
        assertStatus(again, 200);
        assertThat(json(again).get("block").get("actor").textValue()).isEqualTo("bob");
    }

    @Test
    void anOrderThatIsNotAppliedInTimeIsSaidSo() throws Exception {
        keys.stick();
        assertProblem(
                put("keys/" + KEY + "/block", REASON, token("revoker")),
                503,
                "The order to block the key " + KEY + " has been written, and the registry has not applied it within "
                        + "0 s; it will. Look again in a moment, or repeat the call: it does no harm.");
    }

    @Test
    void anOrderHasToBeWhole() throws Exception {
        assertProblem(
                put("keys/" + KEY.toUpperCase(java.util.Locale.ROOT) + "/block", REASON, token("revoker")),
                400,
                "The request can not be carried out: keySha256: is not a SHA-256; give the 64 lower-case hex digits "
                        + "of the SHA-256 of what it names.");
        assertProblem(
                put("keys/" + KEY + "/block", "{}", token("revoker")),
                400,
                "The request can not be carried out: reason: is missing; give 1 to 500 characters.");
    }
}
