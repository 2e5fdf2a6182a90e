package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.client.SoftwareTpm;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices with a TPM, and with none, under a policy that asks for attested keys.
///
/// The commands that a device runs are those of docs/ATTESTATION.md, read from there.
@ExtendWith(WithStack.class)
class AttestationJourneyTest {

    private static final Path DOCUMENT = Path.of("../docs/ATTESTATION.md");
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("");

    private @Nullable SoftwareTpm tpm;
    private final CertificateAuthority maker = authority("Maker Attestation CA");
    private final CertificateAuthority other = authority("Other Attestation CA");

    @BeforeEach
    void switchOn() throws IOException {
        SoftwareTpm.requireInstalled();
        tpm = SoftwareTpm.start(Files.createDirectories(directory.resolve("tpm")));
    }

    @AfterEach
    void switchOff() {
        if (tpm != null) {
            tpm.close();
        }
    }

    @Test
    void aPolicyLetsInWhoseKeyIsInATpmOfTheManufacturerAndNobodyElse(RunningStack stack) throws Exception {
        var name = stack.connection().manufacturer().name();
        var anchors = stack.data().resolve("attestation");
        var own = Files.writeString(anchors.resolve(name + ".pem"), Pem.encode(maker.certificate()));
        var others = Files.writeString(anchors.resolve("other.pem"), Pem.encode(other.certificate()));
        try (var _ = Policies.of(stack, """
                version: attested
                policies:
                  - name: attested-only
                    match: { manufacturer: %s, serialNumber: "TPM-[0-9]+" }
                    decision: allow
                    attestation: required
                    unknownDevices: register
                    register: { owner: Just Charging, site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
                """.formatted(name))) {
            var device = withTpm(stack, "TPM-1", maker, "TPM-1");
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                var answer = device.posts("simpleenroll");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            });
            assertThat(stack.topics()
                            .records(
                                    Topics.ENROLLMENT_AUTHORIZED,
                                    EnrollmentAuthorized.class,
                                    event -> event.getDeviceId().equals("TPM-1")))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getPolicy().getAttested()).isTrue();
                        assertThat(event.getAssurance()).isEqualTo(KeyAssurance.ATTESTED_KEY);
                    });

            assertRefused(
                    identified(stack, "TPM-2").makesRequest("/CN=TPM-2"),
                    "key-attestation: evidence: is missing; send it in the attribute id-aa-attestation");
            assertRefused(
                    withTpm(stack, "TPM-3", other, null),
                    "key-attestation: attestation key: is not one of " + name + ": the certificate of "
                            + "CN=Attestation Key,O=Maker was issued by CN=Other Attestation CA");
            assertRefused(
                    withTpm(stack, "TPM-4", maker, "TPM-1"),
                    "key-attestation: attestation key: is that of the device TPM-1, the request is for TPM-4");

            var stolen = withTpm(stack, "TPM-5", maker, "TPM-5");
            var key = Der.of(publicKey(directory.resolve("TPM-5/ak.pem")).getEncoded())
                    .sha256Hex();
            Operator.of(stack, directory).reads("key", "block", key, "--reason", "found outside its TPM", "--yes");
            assertRefused(stolen, "key-attestation: attestation key: " + key + " is blocked");
        } finally {
            Files.delete(own);
            Files.delete(others);
        }
    }

    private static void assertRefused(CurlDevice device, String reason) throws IOException {
        var answer = device.posts("simpleenroll");
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("policy-attestation: policy attested-only asks for an attested key", reason);
    }

    /// A device that has run the commands of the document.
    ///
    /// @param named the device that the certificate of its attestation key names; null: none
    private CurlDevice withTpm(
            RunningStack stack, String deviceId, CertificateAuthority authority, @Nullable String named)
            throws Exception {
        var device = identified(stack, deviceId);
        var place = directory.resolve(deviceId);
        var steps = COMMANDS.matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(steps).as("steps in " + DOCUMENT).hasSize(2);
        runs(device, steps.getFirst());
        var certificate = authority.issueAttestationKey("Maker", named, publicKey(place.resolve("ak.pem")));
        Files.writeString(place.resolve("ak-certificate.pem"), Pem.encode(certificate));
        runs(device, steps.getLast().replace("EVR-42", deviceId));
        return device;
    }

    private void runs(CurlDevice device, String commands) {
        var environment = new HashMap<>(Objects.requireNonNull(tpm).environment());
        environment.put("PATH", CHECKOUT + ":" + System.getenv("PATH"));
        environment.put("EVENROLL_SKIP_BUILD", "true");
        // What a resource manager does between commands, nobody does here.
        var script = commands.replace("\\\n", "").replaceAll("(?m)^(tpm2_.*)$", "$1\ntpm2_flushcontext -t");
        device.tool().run(environment, List.of("sh", "-euc", script)).ok();
    }

    private CurlDevice identified(RunningStack stack, String deviceId) throws Exception {
        return new CurlDevice(Files.createDirectories(directory.resolve(deviceId)), stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()));
    }

    private static PublicKey publicKey(Path pem) throws Exception {
        var base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.selfSigned(name, Duration.ofDays(10), InstantSource.system());
    }
}
