package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A policy that asks for attested keys, and what counts as one where none does. What is wrong with evidence by itself
/// is tested where it is read.
class AttestedKeyTest extends Judgement {

    private static final String NOT_ATTESTED =
            "policy-attestation|policy rollout asks for an attested key, and this one is not; enroll with an attested key";

    private final DeviceLife known = allowing(EnrollmentModel.JUST_IN_TIME);
    private final SimulatedTpm tpm = new SimulatedTpm(Keys.generateP256());

    @BeforeEach
    void policy() {
        installation.decidesBy(policy("decision: allow\n    attestation: required"));
        installation.trustsAttestationKeysOf(Installation.ACME, installation.acme());
        installation.trustsAttestationKeysOf("globex", installation.globex());
    }

    @Test
    void anAttestedKeyIsLetIn() {
        var verdict = judge(evidence(installation.acme(), null), known);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(isAttested(verdict)).isTrue();
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.assurance()).isEqualTo(Assurance.ATTESTED_KEY));
        assertThat(judge(evidence(installation.acme(), "EVR-1"), known)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aRequestWithoutEvidenceIsRefused() {
        var verdict = judge(device.submits(), known);
        assertThat(sentences(verdict))
                .containsExactly(
                        NOT_ATTESTED,
                        "key-attestation|evidence: is missing; send it in the attribute id-aa-attestation "
                                + "(1.2.840.113549.1.9.16.2.59) of the request");
        assertThat(told(verdict)).isEqualTo(sentences(verdict));
        assertThat(isAttested(verdict)).isFalse();
    }

    @Test
    void theAttestationKeyOfAnotherManufacturerIsRefusedThoughItsAnchorIsThere() {
        assertThat(refusals(evidence(installation.globex(), "EVR-2"), known))
                .containsExactly(
                        NOT_ATTESTED,
                        "key-attestation|attestation key: is not one of acme (model Wallbox): the certificate of "
                                + "serialNumber=EVR-2,CN=Attestation Key,O=Maker was issued by CN=Globex Devices CA, which "
                                + "is none of the trust anchors [acme]; certify the key with the attestation key of the "
                                + "device's own TPM",
                        "key-attestation|attestation key: is that of the device EVR-2, the request is for EVR-1; certify "
                                + "the key with the attestation key of the device's own TPM");
    }

    @Test
    void anAttestationKeyThatAPersonHasBlockedVouchesForNothing() {
        var fingerprint = spki(tpm.attestationKey()).sha256Hex();
        blockedByPeople.add(fingerprint);
        assertThat(refusals(evidence(installation.acme(), "EVR-1"), known))
                .containsExactly(
                        NOT_ATTESTED,
                        "key-attestation|attestation key: " + fingerprint
                                + " is blocked, so the evidence does not verify; "
                                + "have the TPM certify the key with another attestation key");
    }

    @Test
    void anAttestationKeyOnTheListOfBlockedKeysVouchesForNothing() {
        installation.blocks(tpm.attestationKey().getPublic());
        assertThat(rules(evidence(installation.acme(), "EVR-1"), known))
                .containsExactly("policy-attestation", "key-attestation");
        installation.decidesBy(policy("decision: allow"));
        assertThat(isAttested(judge(evidence(installation.acme(), "EVR-1"), known)))
                .isFalse();
    }

    @Test
    void withoutAnchorsNoKeyIsAttested() {
        var other = new Installation();
        other.decidesBy(policy("decision: allow\n    attestation: required"));
        assertThat(sentences(other.judge()
                        .judge(
                                other.device("EVR-1").submitsAttested(tpm, certificate(other.acme(), null)),
                                circumstances(known, null, null))))
                .containsExactly(
                        NOT_ATTESTED,
                        "key-attestation|attestation key: there is no trust anchor for the attestation keys of acme "
                                + "(model Wallbox); have it added to those of csr-validator");
    }

    @Test
    void badEvidenceThatNobodyAsksForCountsAsNone() {
        installation.decidesBy(policy("decision: allow"));
        var verdict = judge(evidence(installation.globex(), null), known);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(isAttested(verdict)).isFalse();
    }

    @Test
    void nothingIsSaidOfEvidenceWhereThePolicyRefusesForAnotherReason() {
        installation.decidesBy(policy("decision: refuse\n    reason: these are counterfeit"));
        assertThat(rules(evidence(installation.globex(), null), known)).containsExactly("policy-refused");
    }

    @Test
    void whoDoesNotSpeakForTheDeviceHearsNothing() {
        assertThat(answer(installation.device("EVR-2").pretendingToBe("EVR-1").submits(), known))
                .containsExactly("idevid-serial-number");
    }

    /// Whoever vouches for the device, the evidence vouches for the key.
    @Test
    void evidenceCountsWhateverTheModel() {
        for (var maker : List.of(installation.acme(), installation.globex())) {
            var expected = maker == installation.acme() ? Assurance.ATTESTED_KEY : Assurance.SOFTWARE_KEY;
            assertThat(assurance(judge(evidence(maker, null), registered("EVR-1"))))
                    .as("factory")
                    .isEqualTo(expected);

            var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
            var renewal = device.renewing(present);
            var request = renewal.submitsAttested(tpm, certificate(maker, null), Installation.OWNER);
            assertThat(assurance(judge(request, enrolled("EVR-1"))))
                    .as("renewal")
                    .isEqualTo(expected);
        }
    }

    /// A renewal keeps nothing of what the key before it was.
    @Test
    void aRenewalProvesAgain() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        var renewal = device.renewing(present).submitsWithOrganization(Installation.OWNER);
        assertThat(assurance(judge(renewal, enrolled("EVR-1")))).isEqualTo(Assurance.SOFTWARE_KEY);
    }

    @Test
    void aBlockedAttestationKeyVouchesForNothingWhateverTheModel() {
        installation.blocks(tpm.attestationKey().getPublic());
        assertThat(assurance(judge(evidence(installation.acme(), null), registered("EVR-1"))))
                .isEqualTo(Assurance.SOFTWARE_KEY);
    }

    private static Assurance assurance(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).assurance();
    }

    private Submission evidence(CertificateAuthority maker, @Nullable String serialNumber) {
        return device.submitsAttested(tpm, certificate(maker, serialNumber));
    }

    private X509Certificate certificate(CertificateAuthority maker, @Nullable String serialNumber) {
        return maker.issueAttestationKey(
                "Maker", serialNumber, tpm.attestationKey().getPublic());
    }

    private static boolean isAttested(Verdict verdict) {
        return Objects.requireNonNull(verdict.route().policy()).facts().attested();
    }

    private static String policy(String decision) {
        return """
                version: test
                policies:
                  - name: rollout
                    match: { manufacturer: acme }
                    %s
                """.formatted(decision);
    }
}
