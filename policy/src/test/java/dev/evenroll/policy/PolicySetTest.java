package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.policy.PolicyOutcome.Allowed;
import dev.evenroll.policy.PolicyOutcome.Pending;
import dev.evenroll.policy.PolicyOutcome.Refused;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicySetTest {

    private static final String REGISTER =
            "    register: { owner: Example Charging, site: depot, model: X0, ocppIdentity: \"EC*{serialNumber}\" }\n";
    private static final String IN_QUARANTINE = "the device is in quarantine until a person approves it";

    private static String one(String rest) {
        return "version: v1\npolicies:\n  - name: rollout\n    match: {}\n" + rest;
    }

    private static String allowing(String match) {
        return "version: v1\npolicies:\n  - name: rollout\n    match: " + match
                + "\n    decision: allow\n    unknownDevices: register\n" + REGISTER;
    }

    private static final String ALLOW = one("    decision: allow\n");
    private static final String QUOTA = one("    decision: allow\n    quotaPerHour: 500\n");
    private static final String ATTESTED = one("    decision: allow\n    attestation: required\n");
    private static final String REFUSE = one("    decision: refuse\n    reason: recalled by its manufacturer\n");
    private static final String APPROVE = one("    decision: approve\n    approvalExpires: P2D\n    quotaPerHour: 3\n");
    private static final String REASONED = one("    decision: approve\n    reason: new site\n");
    private static final String REGISTERING = one("    decision: allow\n    unknownDevices: register\n" + REGISTER);
    private static final String QUARANTINING = one("    decision: allow\n    unknownDevices: quarantine\n" + REGISTER);

    private static Admission admission(boolean quarantined) {
        return new Admission("Example Charging", "depot", "X1", "EC*CP-000001", "charging-station", quarantined);
    }

    private static Allowed allowed(@Nullable Integer quota, @Nullable Admission admission) {
        return new Allowed("rollout", quota, admission);
    }

    private static Pending pending(String reason, Duration expires, @Nullable Admission admission) {
        return new Pending("rollout", reason, expires, null, admission);
    }

    private static Refused refused(String rule, String message) {
        return new Refused("rollout", rule, message);
    }

    private static Requests known() {
        return Requests.usual().known(DeviceKnowledge.ACTIVE);
    }

    private static Requests quarantined() {
        return Requests.usual().known(DeviceKnowledge.QUARANTINED);
    }

    private static Requests unknown() {
        return Requests.usual();
    }

    static Stream<Arguments> decisions() {
        var week = Duration.ofDays(7);
        return Stream.of(
                Arguments.of("a known device", ALLOW, known(), allowed(null, null)),
                Arguments.of("its quota", QUOTA, known(), allowed(500, null)),
                Arguments.of("an attested key", ATTESTED, known().attested(), allowed(null, null)),
                Arguments.of(
                        "a key that is not attested",
                        ATTESTED,
                        known(),
                        refused(
                                "policy-attestation",
                                "policy rollout asks for an attested key, and this one is not;"
                                        + " enroll with an attested key")),
                Arguments.of(
                        "a refusal",
                        REFUSE,
                        known(),
                        refused("policy-refused", "policy rollout refuses it: recalled by its manufacturer")),
                Arguments.of(
                        "a barred device, approved or not",
                        APPROVE,
                        known().known(DeviceKnowledge.BARRED).approvedBy("alice"),
                        refused(
                                "policy-barred-device",
                                "policy rollout lets no device in that is suspended or decommissioned;"
                                        + " resume it, or register it anew")),
                Arguments.of(
                        "approval",
                        APPROVE,
                        known(),
                        new Pending(
                                "rollout",
                                "policy rollout asks for the approval of a person",
                                Duration.ofDays(2),
                                3,
                                null)),
                Arguments.of("approval with a reason", REASONED, known(), pending("new site", week, null)),
                Arguments.of("an approved request", APPROVE, known().approvedBy("alice"), allowed(3, null)),
                Arguments.of("a device in quarantine", ALLOW, quarantined(), pending(IN_QUARANTINE, week, null)),
                Arguments.of(
                        "an approved device in quarantine",
                        ALLOW,
                        quarantined().approvedBy("alice"),
                        allowed(null, null)),
                Arguments.of(
                        "an unknown device",
                        ALLOW,
                        unknown(),
                        refused(
                                "policy-unknown-device",
                                "policy rollout is for registered devices, and CP-000001 is not; register it first")),
                Arguments.of("an unknown device, registered", REGISTERING, unknown(), allowed(null, admission(false))),
                Arguments.of("a known device, not registered again", REGISTERING, known(), allowed(null, null)),
                Arguments.of(
                        "an unknown device, in quarantine",
                        QUARANTINING,
                        unknown(),
                        pending(IN_QUARANTINE, week, admission(true))),
                Arguments.of(
                        "an unknown device that was approved",
                        QUARANTINING,
                        unknown().approvedBy("alice"),
                        allowed(null, admission(false))),
                Arguments.of(
                        "a model that only the policy names",
                        REGISTERING,
                        unknown().of("acme", null),
                        allowed(
                                null,
                                new Admission(
                                        "Example Charging", "depot", "X0", "EC*CP-000001", "charging-station", false))),
                Arguments.of(
                        "an OCPP identity that would be too long",
                        REGISTERING,
                        unknown().device("C".repeat(46)),
                        refused(
                                "policy-ocpp-identity",
                                "policy rollout would give " + "C".repeat(46) + " an OCPP identity of 49 characters,"
                                        + " and at most 48 fit; register the device by hand")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decisions")
    void decides(String about, String yaml, Requests request, PolicyOutcome expected) {
        assertThat(request.under(yaml)).as(about).isEqualTo(expected);
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                Arguments.of("{ manufacturer: acme }", unknown(), true),
                Arguments.of("{ manufacturer: [umbrella, acme] }", unknown(), true),
                Arguments.of("{ manufacturer: umbrella }", unknown(), false),
                Arguments.of("{ manufacturer: ACME }", unknown(), false),
                Arguments.of("{ model: [X1, X2] }", unknown(), true),
                Arguments.of("{ model: X2 }", unknown(), false),
                Arguments.of("{ model: X1 }", unknown().of("acme", null), false),
                Arguments.of("{ serialNumber: \"CP-[0-9]{6}\" }", unknown(), true),
                Arguments.of("{ serialNumber: \"CP-[0-9]{5}\" }", unknown(), false),
                Arguments.of("{ serialNumber: [\"XX.*\", \"CP.*\"] }", unknown(), true),
                Arguments.of("{ allowList: [CP-000001, CP-000002] }", unknown(), true),
                Arguments.of("{ allowList: [CP-000002] }", unknown(), false),
                Arguments.of("{ address: 10.0.0.0/8 }", unknown(), true),
                Arguments.of("{ address: [192.168.0.0/16, 10.1.2.3] }", unknown(), true),
                Arguments.of("{ address: 10.0.0.0/16 }", unknown(), false),
                Arguments.of("{ address: 10.0.0.0/8 }", unknown().from("::ffff:10.1.2.3"), true),
                Arguments.of("{ address: \"2001:db8::/32\" }", unknown().from("2001:db8:1::7"), true),
                Arguments.of("{ address: \"fe80::/10\" }", unknown().from("fe80::1%eth0"), true),
                Arguments.of("{ address: \"::/0\" }", unknown(), false),
                Arguments.of("{ address: 0.0.0.0/0 }", unknown().from("localhost"), false),
                Arguments.of("{ address: 0.0.0.0/0 }", unknown().from(""), false),
                Arguments.of("{ from: 2026-11-22T12:00:00Z }", unknown(), true),
                Arguments.of("{ from: 2026-11-22T12:00:01Z }", unknown(), false),
                Arguments.of("{ until: 2026-11-22T12:00:00Z }", unknown(), false),
                Arguments.of("{ until: 2026-11-22T13:00:01+01:00 }", unknown(), true),
                Arguments.of("{ manufacturer: acme, model: X2 }", unknown(), false));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("matches")
    void isForWhomItSays(String match, Requests request, boolean expected) {
        if (expected) {
            assertThat(request.under(allowing(match))).isInstanceOf(Allowed.class);
        } else {
            assertThat(request.under(allowing(match))).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.rule()).isEqualTo("policy-none");
                assertThat(refused.policy()).isEmpty();
            });
        }
    }

    @Test
    void saysForWhomThereIsNoPolicy() {
        assertThat(PolicySet.NONE.decide(unknown().of("acme", null).facts()))
                .isEqualTo(new Refused(
                        "",
                        "policy-none",
                        "no policy is for device CP-000001 of manufacturer acme, model unknown, from 10.1.2.3;"
                                + " register the device, or write a policy that matches it"));
    }

    @Test
    void theFirstPolicyThatMatchesDecides() {
        var yaml = """
                version: v1
                policies:
                  - { name: recalled, match: { serialNumber: "CP-0.*" }, decision: refuse, reason: recalled }
                  - { name: others, match: { manufacturer: acme }, decision: allow }
                """;
        assertThat(known().under(yaml).policy()).isEqualTo("recalled");
        assertThat(known().device("CP-100000").under(yaml).policy()).isEqualTo("others");
    }

    @Test
    void aValueIsNoTemplate() {
        var strange = unknown().of("$1<device>\\", "<model>");
        assertThat(((Refused) PolicySet.NONE.decide(strange.facts())).message())
                .contains("of manufacturer $1<device>\\, model <model>, from 10.1.2.3");
    }
}
