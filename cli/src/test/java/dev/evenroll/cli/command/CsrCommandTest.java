package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.attestation.AttestedDevice;
import dev.evenroll.pki.attestation.KeyAttestation;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.CertificationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsrCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final CertificateAuthority MAKER =
            CertificateAuthority.selfSigned("Acme", Duration.ofDays(9), InstantSource.fixed(NOW));

    @TempDir
    private Path directory = Path.of("");

    private final KeyPair key = Keys.generateP256();
    private final SimulatedTpm tpm = new SimulatedTpm(Keys.generateP256());

    /// What tpm2-tools leave.
    @BeforeEach
    void evidence() throws IOException {
        var publicArea = SimulatedTpm.publicArea(key.getPublic());
        var attest = SimulatedTpm.attest(publicArea);
        write("key.tpmt", publicArea);
        write("key.attest", attest);
        write("key.attest.sig", tpm.sign(attest));
        Files.writeString(
                file("ak.pem"),
                Pem.encode(MAKER.issueAttestationKey(
                        "Acme", null, tpm.attestationKey().getPublic())));
    }

    @Test
    void aRequestIsPreparedSignedAndCompleted() throws Exception {
        var prepared = prepare("--owner", "Example Charging");
        assertThat(prepared.err()).isEmpty();
        assertThat(prepared.out())
                .isEqualTo("Let the TPM sign it: tpm2_sign -c KEY -g sha256 -o request.sig " + file("request.tbs")
                        + "; then: evenroll csr complete " + file("request.tbs")
                        + " --signature request.sig --out request.der\n");
        write("request.sig", SimulatedTpm.sign(key, read("request.tbs")));
        assertThat(complete().exitCode()).isZero();

        var request = CertificationRequest.decode(read("request.der"));
        assertThat(request.commonName()).contains("EVR-42");
        assertThat(request.organization()).contains("Example Charging");
        assertThat(KeyAttestation.problems(
                        request,
                        new AttestedDevice("EVR-42", "acme", null),
                        TrustAnchors.of(Map.of("acme", List.of(MAKER.certificate()))),
                        _ -> false,
                        NOW))
                .isEmpty();
    }

    @Test
    void aSignatureOfAnotherKeyMakesNoRequest() throws Exception {
        assertThat(prepare().exitCode()).isZero();
        write("request.sig", tpm.sign(read("request.tbs")));
        var run = complete();
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualTo("evenroll: signature: does not verify with the key of the request; sign exactly these bytes "
                        + "with it.\n");
        assertThat(file("request.der")).doesNotExist();
    }

    @Test
    void filesThatAreNoneAreNamed() throws Exception {
        write("key.tpmt", Der.of(new byte[] {0, 0x58}));
        assertThat(prepare().err()).isEqualTo("evenroll: TPMT_PUBLIC: ends in the midst of nameAlg.\n");
        Files.delete(file("key.tpmt"));
        assertThat(prepare().err()).startsWith("evenroll: " + file("key.tpmt") + " does not exist.");
    }

    private Run prepare(String... further) {
        var arguments = new ArrayList<>(List.of("csr", "prepare", "EVR-42"));
        arguments.addAll(List.of("--public", text("key.tpmt"), "--attest", text("key.attest")));
        arguments.addAll(List.of("--signature", text("key.attest.sig"), "--certificate", text("ak.pem")));
        arguments.addAll(List.of("--out", text("request.tbs")));
        arguments.addAll(List.of(further));
        return CommandLineFixture.execute(arguments);
    }

    private Run complete() {
        return CommandLineFixture.execute(List.of(
                "csr",
                "complete",
                text("request.tbs"),
                "--signature",
                text("request.sig"),
                "--out",
                text("request.der")));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String text(String name) {
        return file(name).toString();
    }

    private void write(String name, Der bytes) throws IOException {
        Files.write(file(name), bytes.bytes());
    }

    private Der read(String name) throws IOException {
        return Der.of(Files.readAllBytes(file(name)));
    }
}
