package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.policy.Admission;
import dev.evenroll.policy.DeviceKnowledge;
import dev.evenroll.policy.PolicyFacts;
import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The model `just-in-time`: an IDevID under a written policy.
class JustInTimeTest extends Judgement {

    private static final DeviceLife UNREGISTERED = new DeviceLife.Unregistered();
    private static final String REGISTER =
            "register: { owner: Charge Here Ltd, site: unassigned, model: X1, ocppIdentity: \"CS-{serialNumber}\" }";

    @Test
    void anUnknownDeviceIsEnteredAsThePolicySays() {
        installation.decidesBy(policy("decision: allow", "unknownDevices: register", REGISTER, "quotaPerHour: 500"));
        var admission = new Admission(Installation.OWNER, "unassigned", "X1", "CS-EVR-1", "charging-station", false);
        var verdict = judge(device.submits(), UNREGISTERED);
        assertThat(verdict)
                .isEqualTo(new Verdict.Accepted(
                        new Route(
                                EnrollmentModel.JUST_IN_TIME,
                                "serialNumber=EVR-1,O=Acme",
                                new Decided(
                                        facts(DeviceKnowledge.UNREGISTERED, null, null),
                                        new PolicyOutcome.Allowed("rollout", 500, admission),
                                        version(verdict))),
                        Installation.OWNER,
                        spki(device.keys()),
                        500,
                        admission,
                        false,
                        null,
                        false,
                        "charging-station",
                        Assurance.SOFTWARE_KEY));
        assertThat(version(verdict)).matches("test@[0-9a-f]{12}");
        assertThat(JustInTime.registration(decided(verdict), admission).enrollmentModels())
                .containsExactly(EnrollmentModel.JUST_IN_TIME);
    }

    @Test
    void anUnknownDeviceIsJudgedByTheRegistrationThatItWouldGet() {
        installation.decidesBy(policy("decision: allow", "unknownDevices: register", REGISTER));
        assertThat(refusals(device.submitsWithOrganization("Somebody Else"), UNREGISTERED))
                .containsExactly("subject-organization|subject: O is \"Somebody Else\", which is not the operator that "
                        + "EVR-1 is registered for; set the device's organization name to it, or leave O out");
        assertThat(judge(device.submitsWithOrganization(Installation.OWNER), UNREGISTERED))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void thePolicySeesTheModelOfTheAnchor() {
        installation.trusts("acme/X1", installation.acme());
        installation.distrusts("acme");
        installation.decidesBy(policy("decision: allow", "unknownDevices: register", REGISTER));
        assertThat(decided(judge(device.submits(), UNREGISTERED)).facts())
                .isEqualTo(facts(DeviceKnowledge.UNREGISTERED, "X1", null));
        installation.trusts("acme/X2", installation.acme());
        assertThat(decided(judge(device.submits(), UNREGISTERED)).facts())
                .isEqualTo(facts(DeviceKnowledge.UNREGISTERED, null, null));
    }

    @Test
    void aPolicyDoesNotEnterADeviceAsAModelThatItsAnchorIsNotFor() {
        installation.trusts("acme/X2", installation.acme());
        installation.trusts("acme/X3", installation.acme());
        installation.distrusts("acme");
        installation.decidesBy(policy("decision: allow", "unknownDevices: register", REGISTER));
        assertThat(refusals(device.submits(), UNREGISTERED))
                .containsExactly("idevid-model|requester certificate: leads to the trust anchor acme/X2, acme/X3, "
                        + "which is not for the model X1 that EVR-1 is registered as; have its registration examined");
    }

    @Test
    void quarantineWaitsForAPerson() {
        installation.decidesBy(
                policy("decision: allow", "unknownDevices: quarantine", REGISTER, "approvalExpires: P2D"));
        assertThat(judge(device.submits(), UNREGISTERED)).isInstanceOfSatisfying(Verdict.Waiting.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo("the device is in quarantine until a person approves it");
            assertThat(waiting.expiresAt())
                    .isEqualTo(installation.clock().instant().plus(Duration.ofDays(2)));
            assertThat(waiting.admission())
                    .isEqualTo(new Admission(
                            Installation.OWNER, "unassigned", "X1", "CS-EVR-1", "charging-station", true));
            assertThat(waiting.quarantine()).isFalse();
        });
        assertThat(judge(device.submits(), UNREGISTERED, null, "carol")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aKnownDeviceOfTheModelIsDecidedByPolicyWithoutBeingEnteredAgain() {
        installation.decidesBy(policy("decision: approve", "reason: first roll-out", "quotaPerHour: 5"));
        var known = allowing(EnrollmentModel.JUST_IN_TIME);
        assertThat(judge(device.submits(), known)).isInstanceOfSatisfying(Verdict.Waiting.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo("first roll-out");
            assertThat(waiting.admission()).isNull();
            assertThat(decided(waiting).facts()).isEqualTo(facts(DeviceKnowledge.ACTIVE, "Wallbox", null));
        });
        assertThat(judge(device.submits(), known, null, "carol"))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                    assertThat(accepted.quotaPerHour()).isEqualTo(5);
                    assertThat(accepted.admission()).isNull();
                    assertThat(decided(accepted).facts()).isEqualTo(facts(DeviceKnowledge.ACTIVE, "Wallbox", "carol"));
                });
    }

    @Test
    void aDeviceForTheFactoryIsNotDecidedByPolicy() {
        installation.decidesBy(policy("decision: refuse", "reason: nobody"));
        assertThat(judge(device.submits(), allowing(EnrollmentModel.FACTORY, EnrollmentModel.JUST_IN_TIME))
                        .route()
                        .policy())
                .isNull();
    }

    @Test
    void aRefusalByPolicyIsTold() {
        installation.decidesBy(policy("decision: refuse", "reason: these are counterfeit"));
        var verdict = judge(device.submits(), UNREGISTERED);
        assertThat(told(verdict))
                .containsExactly(
                        "device-not-registered|device: EVR-1 is not registered; "
                                + "have its operator register it, then enroll again",
                        "policy-refused|policy rollout refuses it: these are counterfeit");
        assertThat(decided(verdict).outcome()).isInstanceOf(PolicyOutcome.Refused.class);
    }

    @Test
    void everyRefusalOfAPolicyIsOne() {
        installation.decidesBy(
                policy("decision: allow", "unknownDevices: register", REGISTER, "attestation: required"));
        assertThat(rules(device.submits(), UNREGISTERED))
                .containsExactly("device-not-registered", "policy-attestation", "key-attestation");
        installation.decidesBy(policy("decision: allow"));
        assertThat(rules(device.submits(), UNREGISTERED))
                .containsExactly("device-not-registered", "policy-unknown-device");
        installation.decidesBy(
                "version: test\npolicies: [{ name: other, match: { manufacturer: globex }, " + "decision: allow }]\n");
        assertThat(rules(device.submits(), UNREGISTERED)).containsExactly("device-not-registered", "policy-none");
    }

    @Test
    void aDeviceThatIsTakenOutIsLetInByNoPolicy() {
        installation.decidesBy(policy("decision: allow"));
        var suspended =
                after(allowing(EnrollmentModel.JUST_IN_TIME), order -> new DeviceCommand.Suspend(order, "stolen"));
        assertThat(rules(device.submits(), suspended)).containsExactly("device-suspended", "policy-barred-device");
    }

    /// The name of an anchor's file is no policy's to check.
    @Test
    void anEntryThatIsNoneIsRefusedInWords() {
        installation.trusts("acme/X1 ", installation.acme());
        installation.distrusts("acme");
        installation.decidesBy(policy("decision: allow", "unknownDevices: register", REGISTER));
        assertThat(refusals(device.submits(), UNREGISTERED))
                .containsExactly("policy-admission|policy rollout would register EVR-1, but model: holds a control "
                        + "character, or begins or ends with a space; give printable text; have the policy or the trust "
                        + "anchor changed");
    }

    @Test
    void whoIsAnotherDeviceIsNotEnteredAndHearsNothing() {
        installation.decidesBy(policy("decision: allow", "unknownDevices: register", REGISTER));
        var foreign = installation.device("EVR-2").pretendingToBe("EVR-1");
        assertThat(rules(foreign.submits(), UNREGISTERED)).containsExactly("idevid-serial-number");
        installation.decidesBy(policy("decision: refuse", "reason: these are counterfeit"));
        assertThat(answer(foreign.submits(), UNREGISTERED)).containsExactly("idevid-serial-number");
    }

    private PolicyFacts facts(DeviceKnowledge device, @Nullable String model, @Nullable String approver) {
        return new PolicyFacts(
                "EVR-1",
                Installation.ACME,
                model,
                device,
                SimulatedDevice.ADDRESS,
                installation.clock().instant(),
                false,
                approver);
    }

    private static Decided decided(Verdict verdict) {
        return Objects.requireNonNull(verdict.route().policy());
    }

    private static String version(Verdict verdict) {
        return decided(verdict).version();
    }

    private static String policy(String... lines) {
        return """
                version: test
                policies:
                  - name: rollout
                    match: { manufacturer: acme }
                    %s
                """.formatted(String.join("\n    ", lines));
    }
}
