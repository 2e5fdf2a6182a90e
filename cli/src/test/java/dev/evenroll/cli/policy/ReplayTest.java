package dev.evenroll.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.policy.PolicyReader;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.policy.UnusablePolicyException;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplayTest {

    private static final String REGISTER = "unknownDevices: register, register: { owner: O, site: S, model: M }";

    private static PolicySet policies(String... policies) throws UnusablePolicyException {
        return PolicyReader.read(
                "version: v2\npolicies:\n  - { " + String.join(" }\n  - { ", policies) + " }\n",
                Path.of(""),
                AdmissibleProfiles.builtIn());
    }

    private static PolicySet allowing(String further) throws UnusablePolicyException {
        return policies("name: old, match: { model: X1 }, decision: allow, " + REGISTER + further);
    }

    private static List<String> differences(Replay.Result result) {
        return result.differences().stream()
                .map(difference -> difference.recorded().facts().deviceId() + ": " + difference.then() + " -> "
                        + difference.now() + " by " + difference.policyNow() + ": " + difference.why())
                .toList();
    }

    @Test
    void theSamePoliciesDecideAlike() throws Exception {
        var result = Replay.of(allowing(""), List.of(Recorded.allowed("A", 0), Recorded.allowed("B", 1)));
        assertThat(result)
                .isEqualTo(
                        new Replay.Result(2, Map.of(Decision.ALLOWED, 2), Map.of(Decision.ALLOWED, 2), List.of(), 0));
    }

    @Test
    void showsWhatIsDecidedDifferentlyAndWhy() throws Exception {
        var policies = policies(
                "name: recalled, match: { serialNumber: A }, decision: refuse, reason: recalled",
                "name: careful, match: { serialNumber: B }, decision: approve",
                "name: new, match: { serialNumber: \"[CD]\" }, decision: allow, " + REGISTER);
        var result = Replay.of(
                policies,
                List.of(
                        Recorded.allowed("A", 0),
                        Recorded.of("B", 1, "registered", null, Decision.ALLOWED, List.of()),
                        Recorded.allowed("C", 2),
                        Recorded.of("D", 3, null, null, Decision.REFUSED, List.of("policy-none")),
                        Recorded.allowed("E", 4)));
        assertThat(differences(result))
                .containsExactly(
                        "A: ALLOWED -> REFUSED by recalled: policy recalled refuses it: recalled",
                        "B: ALLOWED -> PENDING by careful: policy careful asks for the approval of a person",
                        "D: REFUSED -> ALLOWED by new: policy new allows it and enters the device in the registry",
                        "E: ALLOWED -> REFUSED by : no policy is for device E of manufacturer acme, model X1, from"
                                + " 10.1.2.3; register the device, or write a policy that matches it");
        assertThat(result.decisions()).isEqualTo(5);
        assertThat(result.then()).isEqualTo(Map.of(Decision.ALLOWED, 4, Decision.REFUSED, 1));
        assertThat(result.now()).isEqualTo(Map.of(Decision.ALLOWED, 2, Decision.REFUSED, 2, Decision.PENDING, 1));
        assertThat(result.otherPolicies()).isEqualTo(1);
    }

    @Test
    void anApprovalCountsAsItWasGiven() throws Exception {
        var policies = policies("name: old, match: {}, decision: approve");
        var result = Replay.of(
                policies,
                List.of(
                        Recorded.of("A", 0, "registered", null, Decision.ALLOWED, List.of()),
                        Recorded.of("B", 1, "registered", "alice", Decision.ALLOWED, List.of())));
        assertThat(differences(result))
                .containsExactly("A: ALLOWED -> PENDING by old: policy old asks for the approval of a person");
    }

    @Test
    void aQuotaIsCountedAnewInEachClockHour() throws Exception {
        var result = Replay.of(
                allowing(", quotaPerHour: 2"),
                List.of(
                        Recorded.allowed("A", 57),
                        Recorded.allowed("B", 58),
                        Recorded.allowed("C", 59),
                        Recorded.allowed("D", 60)));
        assertThat(differences(result))
                .containsExactly("C: ALLOWED -> REFUSED by old: policy old allows 2 an hour, which were used up in the"
                        + " hour of 2026-11-22T12:00:00Z");
    }

    @Test
    void aLargerQuotaLetsInWhomTheFormerRefused() throws Exception {
        var refused = Recorded.of("B", 1, null, null, Decision.ALLOWED, List.of("policy-quota"));
        var result = Replay.of(allowing(", quotaPerHour: 2"), List.of(Recorded.allowed("A", 0), refused));
        assertThat(differences(result))
                .containsExactly("B: REFUSED -> ALLOWED by old: policy old allows it and enters the device in the"
                        + " registry");
        assertThat(result.then()).isEqualTo(Map.of(Decision.ALLOWED, 1, Decision.REFUSED, 1));
    }

    @Test
    void aRequestThatIsDecidedTwiceUsesTheQuotaOnce() throws Exception {
        var result = Replay.of(
                allowing(", quotaPerHour: 2"),
                List.of(
                        Recorded.of("A", 0, "registered", null, Decision.PENDING, List.of()),
                        Recorded.of("A", 1, "registered", "alice", Decision.ALLOWED, List.of()),
                        Recorded.allowed("B", 2),
                        Recorded.allowed("C", 3)));
        assertThat(differences(result))
                .extracting(difference -> difference.substring(0, 1))
                .containsExactly("A", "C");
    }

    @Test
    void aRequestThatWasRefusedForAnotherReasonUsesNoQuota() throws Exception {
        var result = Replay.of(
                allowing(", quotaPerHour: 1"),
                List.of(
                        Recorded.of("A", 0, null, null, Decision.ALLOWED, List.of("key-claim")),
                        Recorded.allowed("B", 1)));
        assertThat(result.differences()).isEmpty();
    }
}
