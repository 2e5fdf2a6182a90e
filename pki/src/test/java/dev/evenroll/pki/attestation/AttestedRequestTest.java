package dev.evenroll.pki.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.CertificationRequest;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttestedRequestTest {
    private static final SimulatedTpm TPM = new SimulatedTpm(Forgery.ATTESTATION_KEY);
    private static final Der PUBLIC_AREA = SimulatedTpm.publicArea(Fixture.DEVICE_KEYS.getPublic());

    @ParameterizedTest
    @MethodSource
    void aRequestIsMadeInTwoSteps(KeyPair keys) throws Exception {
        Der toBeSigned = AttestedRequest.toBeSigned(
                "CP-0001", "Example Charging", evidence(SimulatedTpm.publicArea(keys.getPublic())));
        var request =
                CertificationRequest.decode(AttestedRequest.signed(toBeSigned, SimulatedTpm.sign(keys, toBeSigned)));

        assertThat(request.commonName()).contains("CP-0001");
        assertThat(request.organization()).contains("Example Charging");
        assertThat(request.otherAttributes()).containsExactly(CertificationRequest.ATTESTATION);
        assertThat(request.provesPossession()).isTrue();
        assertThat(KeyAttestation.problems(
                        request,
                        new AttestedDevice("CP-0001", "acme", null),
                        TrustAnchors.of(Map.of("acme", List.of(Forgery.ACME.certificate()))),
                        _ -> false,
                        Fixture.NOW))
                .isEmpty();
    }

    static Stream<KeyPair> aRequestIsMadeInTwoSteps() {
        return Stream.of(Keys.generateP256(), Keys.generateEc("secp384r1"), Keys.generateRsa(2048));
    }

    @Test
    void theOrganizationMayBeLeftOut() throws Exception {
        Der toBeSigned = AttestedRequest.toBeSigned("CP-0001", null, evidence(PUBLIC_AREA));
        assertThat(CertificationRequest.decode(
                                AttestedRequest.signed(toBeSigned, SimulatedTpm.sign(Fixture.DEVICE_KEYS, toBeSigned)))
                        .organization())
                .isEmpty();
    }

    /// `tpm2_readpublic` writes the public area with its size before it, unless told otherwise.
    @Test
    void whatIsNoEvidenceIsRefusedBeforeItIsSigned() {
        assertThatThrownBy(() -> AttestedRequest.toBeSigned(
                        "CP-0001", null, evidence(Der.of(new byte[] {0, 0x58, 0, 0x23, 0, 0x0b}))))
                .hasMessage("TPMT_PUBLIC: ends in the midst of objectAttributes");
        assertThatThrownBy(() -> new AttestedRequest.Evidence(PUBLIC_AREA, PUBLIC_AREA, PUBLIC_AREA, List.of()))
                .hasMessage("certificates: are empty; give that of the attestation key");
    }

    @Test
    void aSignatureThatDoesNotFitMakesNoRequest() throws Exception {
        Der toBeSigned = AttestedRequest.toBeSigned("CP-0001", null, evidence(PUBLIC_AREA));
        assertThatThrownBy(() -> AttestedRequest.signed(toBeSigned, TPM.sign(toBeSigned)))
                .hasMessage("signature: does not verify with the key of the request; sign exactly these bytes with it");
        assertThatThrownBy(() -> AttestedRequest.signed(
                        toBeSigned, Forgery.patched(SimulatedTpm.sign(Fixture.DEVICE_KEYS, toBeSigned), 2, 0, 4)))
                .hasMessage("signature: is neither ECDSA nor RSASSA with SHA-256, SHA-384 or SHA-512; sign so");
        assertThatThrownBy(() -> AttestedRequest.signed(PUBLIC_AREA, TPM.sign(PUBLIC_AREA)))
                .hasMessageStartingWith("request information: ");
    }

    private static AttestedRequest.Evidence evidence(Der publicArea) {
        Der attest = SimulatedTpm.attest(publicArea);
        return new AttestedRequest.Evidence(publicArea, attest, TPM.sign(attest), List.of(Forgery.CERTIFICATE));
    }
}
