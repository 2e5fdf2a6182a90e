package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.validator.simulation.Installation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Devices that nobody registered, under written policies.
class JustInTimeJourneyTest extends JustInTimeJourney {

    @Test
    void aPolicyEntersAnUnknownDeviceAndSaysSoInTheEvent() {
        policy("allow", "register", null);
        validator.request(installation.device("EVR-1").submits(), 3);
        assertThat(validator.registry()).singleElement().satisfies(entry -> {
            assertThat(entry.getState()).isEqualTo(DeviceState.REGISTERED);
            assertThat(entry.getChange().name()).isEqualTo("ADMITTED");
            assertThat(entry.getDescription().getSite()).isEqualTo("unassigned");
            assertThat(entry.getDescription().getOcppIdentity()).isEqualTo("EVR-1");
            assertThat(entry.getDescription().getEnrollmentModels()).containsExactly(EnrollmentModel.JUST_IN_TIME);
            assertThat(entry.getLastCommand().getActor()).isEqualTo("policy:rollout");
        });
        var authorized = authorization();
        assertThat(authorized.getModel()).isEqualTo(EnrollmentModel.JUST_IN_TIME);
        assertThat(authorized.getOrganization()).isEqualTo(Installation.OWNER);
        assertThat(authorized.getPolicy()).satisfies(decision -> {
            assertThat(decision.getPolicy()).isEqualTo("rollout");
            assertThat(decision.getVersion()).startsWith("a@");
            assertThat(decision.getDecision()).isEqualTo("allowed");
            assertThat(decision.getManufacturer()).isEqualTo("acme");
            assertThat(decision.getModel()).isNull();
            assertThat(decision.getDeviceState()).isNull();
            assertThat(decision.getRemoteAddress()).isEqualTo("192.0.2.1");
            assertThat(decision.getDecidedAt()).isEqualTo(installation.clock().instant());
            assertThat(decision.getAttested()).isFalse();
        });
        assertThat(validator.count(
                        "evenroll.validator.verdicts",
                        "verdict",
                        "authorized",
                        "model",
                        "just-in-time",
                        "policy",
                        "rollout"))
                .isEqualTo(1);
    }

    @Test
    void theEventSaysWhetherTheKeyIsAttested() {
        policy("allow", "register", null);
        installation.trustsAttestationKeysOf(Installation.ACME, installation.acme());
        var tpm = new SimulatedTpm(Keys.generateP256());
        var publicKey = tpm.attestationKey().getPublic();
        var genuine = installation.acme().issueAttestationKey("Acme", "EVR-1", publicKey);
        validator.request(installation.device("EVR-1").submitsAttested(tpm, genuine), 3);
        var authorized = authorization();
        assertThat(authorized.getPolicy().getAttested()).isTrue();
        assertThat(authorized.getAssurance()).isEqualTo(KeyAssurance.ATTESTED_KEY);
    }

    /// Evidence that nobody asked for refuses nobody.
    @Test
    void theEventSaysThatBadEvidenceCountsAsNone() {
        policy("allow", "register", null);
        installation.trustsAttestationKeysOf(Installation.ACME, installation.acme());
        var tpm = new SimulatedTpm(Keys.generateP256());
        var publicKey = tpm.attestationKey().getPublic();
        var foreign = installation.globex().issueAttestationKey("Globex", null, publicKey);
        validator.request(installation.device("EVR-1").submitsAttested(tpm, foreign), 3);
        var authorized = authorization();
        assertThat(authorized.getPolicy().getAttested()).isFalse();
        assertThat(authorized.getAssurance()).isEqualTo(KeyAssurance.SOFTWARE_KEY);
    }

    @Test
    void anUnknownDeviceInQuarantineWaitsForAPerson() {
        policy("allow", "quarantine", null);
        var submission = installation.device("EVR-1").submits();
        for (var time = 0; time < 10; time++) {
            validator.request(submission, time);
        }
        assertThat(registry()).containsExactly("QUARANTINED ADMITTED 1");
        assertThat(validator.pending()).singleElement().satisfies(pending -> {
            assertThat(pending.getPolicy().getPolicy()).isEqualTo("rollout");
            assertThat(pending.getPolicy().getDecision()).isEqualTo("pending");
        });
        assertThat(answers()).hasSize(10).allMatch(answer -> answer.endsWith(": waits 10"));
        approve(submission);
        assertThat(registry()).containsExactly("QUARANTINED ENROLLMENT_DECIDED 1", "REGISTERED RESUMED 2");
        var authorized = authorization();
        assertThat(authorized.getApprover()).isEqualTo("ada");
        assertThat(authorized.getPolicy().getDeviceState()).isEqualTo(DeviceState.QUARANTINED);
        assertThat(authorized.getPolicy().getDecision()).isEqualTo("allowed");
    }

    @Test
    void whatAPolicyLeavesToAPersonExpiresWhenThePolicySays() {
        policy("approve\n    reason: pilot phase\n    approvalExpires: PT1H", "register", null);
        validator.request(installation.device("EVR-1").submits(), 3);
        assertThat(validator.pending()).singleElement().satisfies(pending -> {
            assertThat(pending.getReason()).isEqualTo("pilot phase");
            assertThat(pending.getExpiresAt()).isEqualTo(Instant.parse("2026-11-22T11:00:00Z"));
        });
        pass(Duration.ofHours(1));
        assertThat(validator.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.getFindings()).extracting(Finding::getRule).containsExactly("approval-expired");
            assertThat(refused.getPolicy().getPolicy()).isEqualTo("rollout");
        });
    }

    @Test
    void aRefusalSaysWhichPolicyDecided() {
        installation.decidesBy("""
                version: b
                policies:
                  - { name: sold, match: {}, decision: refuse, reason: sold to somebody else }
                """);
        validator.request(installation.device("EVR-1").submits(), 3);
        assertThat(validator.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.getModel()).isEqualTo(EnrollmentModel.JUST_IN_TIME);
            assertThat(refused.getPolicy().getPolicy()).isEqualTo("sold");
            assertThat(refused.getPolicy().getDecision()).isEqualTo("refused");
            assertThat(refused.getAfterAcceptance()).isFalse();
        });
        assertThat(validator.registry()).isEmpty();
    }
}
