package dev.evenroll.pki.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.fixture.Fixture;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @ParameterizedTest
    @ValueSource(strings = {"A", "CP-0001", "acme.7_x", "1.2.3", "1.2.3.4.5", "0"})
    void deviceIds(String value) {
        assertThat(new DeviceId(value).value()).isEqualTo(value);
        assertThat(DeviceId.problemWith(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''               | device id: is empty; give the serial number of the device
                    192.168.0.1      | device id: is shaped like an IP address; give the serial number of the device
                    https://x/CP1    | device id: is shaped like a URL; give the serial number of the device
                    www.example.com  | device id: is shaped like a URL; give the serial number of the device
                    CP 1             | device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit
                    -CP1             | device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit
                    fe80::1          | device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit
                    CPé              | device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit
                    """)
    void notDeviceIds(String value, String message) {
        assertThat(DeviceId.problemWith(value)).contains(new Failure("device-id", message));
        assertThatThrownBy(() -> new DeviceId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aDeviceIdFitsIntoACommonName() {
        assertThat(DeviceId.problemWith("x".repeat(64))).isEmpty();
        assertThat(DeviceId.problemWith("x".repeat(65)))
                .contains(new Failure("device-id", "device id: has 65 characters; at most 64 fit into a common name"));
        assertThat(DeviceId.problemWith("CP\n")).isPresent();
        assertThat(DeviceId.problemWith("CP\0")).isPresent();
    }

    @Test
    void anEnrollmentIsWhoAsksForWhat() {
        Der requester = Der.of("who".getBytes(StandardCharsets.UTF_8));
        Der request = Der.of("what".getBytes(StandardCharsets.UTF_8));
        byte[] input = HexFormat.of().parseHex("00000003" + "77686f" + "00000004" + "77686174");

        assertThat(EnrollmentId.of(requester, request).value())
                .isEqualTo(HexFormat.of().formatHex(BouncyCastle.sha256().digest(input)));
        assertThat(EnrollmentId.of(
                        Der.of("whow".getBytes(StandardCharsets.UTF_8)),
                        Der.of("hat".getBytes(StandardCharsets.UTF_8))))
                .as("the lengths keep the parts apart")
                .isNotEqualTo(EnrollmentId.of(requester, request));
        assertThatThrownBy(() -> new EnrollmentId("AB"))
                .hasMessage("enrollment id: must be 64 lower-case hexadecimal digits");
    }

    @Test
    void aTokenAsksInItsOwnName() {
        String sha256 = "0123456789abcdef".repeat(4);
        Der request = Der.of("what".getBytes(StandardCharsets.UTF_8));

        assertThat(EnrollmentId.ofToken(sha256, request))
                .isEqualTo(EnrollmentId.of(Der.of(("token:" + sha256).getBytes(StandardCharsets.US_ASCII)), request));
        assertThatThrownBy(() -> EnrollmentId.ofToken("0123-4567", request))
                .hasMessage("token digest: must be 64 lower-case hexadecimal digits; hash the token with SHA-256");
    }

    @Test
    void aCertificateIsItsIssuersKeyAndItsSerialNumber() {
        var certificate = Fixture.CA.issueClient("someone", Fixture.DEVICE_KEYS.getPublic());

        CertificateId id = CertificateId.of(certificate);

        assertThat(id.issuerKeyId()).isEqualTo(Fixture.CA.issuingCertificate().keyId());
        assertThat(new BigInteger(id.serialNumber(), 16)).isEqualTo(certificate.getSerialNumber());
        assertThat(CertificateId.parse(id.value())).isEqualTo(id);
        assertThat(CertificateId.find(certificate)).contains(id);
    }

    @ParameterizedTest
    @CsvSource({"1,01", "128,80", "255,ff", "256,0100", "65535,ffff"})
    void serialNumbersAreWrittenInWholeBytes(BigInteger number, String hex) {
        assertThat(CertificateId.hex(number)).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ab       | certificate id: must be the issuer's key id, '-' and the serial number
                    AB-01    | issuer key id: must be 1 to 64 bytes in lower-case hexadecimal digits
                    -01      | issuer key id: must be 1 to 64 bytes in lower-case hexadecimal digits
                    ab-1     | serial number: must be 1 to 20 bytes in lower-case hexadecimal digits without a leading 00
                    ab-0001  | serial number: must be 1 to 20 bytes in lower-case hexadecimal digits without a leading 00
                    ab--1    | serial number: must be 1 to 20 bytes in lower-case hexadecimal digits without a leading 00
                    """)
    void notCertificateIds(String value, String message) {
        assertThatThrownBy(() -> CertificateId.parse(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void environments() {
        assertThat(new Environment("production")).hasToString("production");
        assertThatThrownBy(() -> new Environment("prod"))
                .hasMessage("environment: \"prod\" is unknown; choose one of test, staging, production");
    }
}
