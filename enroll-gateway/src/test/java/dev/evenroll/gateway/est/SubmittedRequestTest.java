package dev.evenroll.gateway.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.CsrAttributes;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.attestation.AttestedRequest;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.CertificationRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmittedRequestTest {

    private static final Der REQUEST = CertificationRequests.create(Keys.generateP256(), "SN-1", "Operator");

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", " \t"})
    void base64MayBeBrokenAnywhere(String separator) {
        var body = new String(
                Base64.getMimeEncoder(12, separator.getBytes(StandardCharsets.US_ASCII))
                        .encode(REQUEST.bytes()),
                StandardCharsets.US_ASCII);

        assertThat(read(body + separator)).isInstanceOfSatisfying(SubmittedRequest.WellFormed.class, wellFormed -> {
            assertThat(wellFormed.device()).isEqualTo(new DeviceId("SN-1"));
            assertThat(wellFormed.request().der()).isEqualTo(REQUEST);
        });
    }

    @Test
    void whatIsNoRequestIsRefusedInWords() {
        assertMalformed("", "request body: is empty; send the PKCS#10 request in base64.");
        assertMalformed(" \r\n", "request body: is empty; send the PKCS#10 request in base64.");
        assertMalformed(
                "MII*",
                "request body: is not base64; send the PKCS#10 request (DER) in base64 (RFC 8951 section 2.1).");
        assertMalformed(
                Pem.encodeCertificationRequest(REQUEST),
                "request body: is PEM; send only the base64 between the BEGIN and the END line.");
        assertMalformed(
                request("10.0.0.1"),
                "certification request: common name (CN): device id: is shaped like an IP address;"
                        + " give the serial number of the device.");
        assertMalformed(
                request("https://station"),
                "certification request: common name (CN): device id: is shaped like a URL;"
                        + " give the serial number of the device.");
    }

    @Test
    void nothingUnknownMayStandInTheAttributes() throws Exception {
        assertThat(read(CsrAttributes.csr("SN-1", "1.2.840.113549.1.9.14", "x")))
                .isInstanceOf(SubmittedRequest.WellFormed.class);
        assertMalformed(
                CsrAttributes.csr("SN-1", "1.2.840.113549.1.9.7", "once-only"),
                "certification request: carries a challengePassword, which would be readable on the topics;"
                        + " leave it out.");
        assertMalformed(
                CsrAttributes.csr("SN-1", "1.2.840.113549.1.9.2", "station"),
                "certification request: carries the attribute 1.2.840.113549.1.9.2, which is not known here;"
                        + " leave out all attributes but extensionRequest and id-aa-attestation.");
        assertMalformed(
                CsrAttributes.csr("SN-1", "1.22" + ".4711".repeat(100), "x"),
                "certification request: carries the attribute 1.22" + ".4711".repeat(12)
                        + "..., which is not known here;"
                        + " leave out all attributes but extensionRequest and id-aa-attestation.");
    }

    /// RSA keys and a chain of three certificates: about the longest evidence that a TPM gives.
    @Test
    void evidenceMayStandInTheAttributesAndFits() throws Exception {
        var keys = Keys.generateRsa(2048);
        var tpm = new SimulatedTpm(Keys.generateRsa(2048));
        var clock = InstantSource.system();
        var maker = CertificateAuthority.selfSigned("Acme", Keys.generateRsa(4096), Duration.ofDays(1), clock);
        var certificate =
                maker.issueAttestationKey("Acme", "SN-1", tpm.attestationKey().getPublic());
        var publicArea = SimulatedTpm.publicArea(keys.getPublic());
        var attest = SimulatedTpm.attest(publicArea);
        var toBeSigned = AttestedRequest.toBeSigned(
                "SN-1",
                "Operator",
                new AttestedRequest.Evidence(
                        publicArea,
                        attest,
                        tpm.sign(attest),
                        List.of(certificate, maker.certificate(), maker.certificate())));
        var request = AttestedRequest.signed(toBeSigned, SimulatedTpm.sign(keys, toBeSigned));

        assertThat(request.length()).isLessThan(CertificationRequest.MAXIMUM_BYTES / 2);
        assertThat(read(request.base64()))
                .isInstanceOfSatisfying(
                        SubmittedRequest.WellFormed.class,
                        wellFormed -> assertThat(wellFormed.request().der()).isEqualTo(request));
    }

    @Test
    void somethingElseInBase64IsRefusedInWords() {
        var certificate = Base64.getEncoder().encodeToString(new byte[] {0x30, 0x03, 0x02, 0x01, 0x05});

        assertThat(read(certificate))
                .isInstanceOfSatisfying(
                        SubmittedRequest.Malformed.class,
                        malformed -> assertThat(malformed.reason()).startsWith("certification request: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pkcs10",
                "Application/PKCS10",
                "application/pkcs10; charset=utf-8",
                " application/pkcs10 ;a=b"
            })
    void theMediaTypeOfARequest(String contentType) {
        assertThat(SubmittedRequest.isMediaType(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "application/pkcs10x", "application/json", "application/pkcs7-mime"})
    void anotherMediaType(String contentType) {
        assertThat(SubmittedRequest.isMediaType(contentType)).isFalse();
    }

    @Test
    void hostileBytesAreMalformedAndNothingElse() {
        var random = new Random(20261102);
        for (int i = 0; i < 20_000; i++) {
            var bytes = REQUEST.bytes();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var cut = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length - 1) : bytes.length;
            var body = Base64.getEncoder().encode(Arrays.copyOf(bytes, cut));
            if (random.nextInt(4) == 0) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            // Whatever it says, it says it as a value.
            assertThat(SubmittedRequest.read(body)).isNotNull();
        }
    }

    private static String request(String commonName) {
        return Base64.getEncoder()
                .encodeToString(CertificationRequests.create(Keys.generateP256(), commonName)
                        .bytes());
    }

    private static SubmittedRequest read(String body) {
        return SubmittedRequest.read(body.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertMalformed(String body, String reason) {
        assertThat(read(body)).isEqualTo(new SubmittedRequest.Malformed(reason));
    }
}
