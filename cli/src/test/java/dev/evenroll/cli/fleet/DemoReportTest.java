package dev.evenroll.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.authority.Keys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DemoReportTest {

    private static final Path CHAIN = Path.of("/data/ca chain.pem");
    private static final TestTls TLS = new TestTls();

    private static DeviceEnd end(String deviceId, DeviceKind kind, Ending ending) {
        return new DeviceEnd(new PlannedDevice(deviceId, kind, Optional.empty()), ending);
    }

    private static Ending issued(int millis) {
        return new Ending.Issued(
                TLS.authority().issueClient("D", Keys.generateP256().getPublic()), Duration.ofMillis(millis));
    }

    private static Ending refused(int status, String reason) {
        return new Ending.Refused(status, reason, Duration.ofMillis(5));
    }

    private static DemoResult result(Ending ofTheUnregistered, Ending ofTheLast) {
        var ends = new ArrayList<DeviceEnd>();
        for (int i = 1; i <= 8; i++) {
            ends.add(end("P-000" + i, DeviceKind.GENUINE, issued(10 * i)));
        }
        ends.add(end("P-0009", DeviceKind.UNREGISTERED, ofTheUnregistered));
        ends.add(end("P-0010", DeviceKind.COPIED_KEY, ofTheLast));
        return new DemoResult(ends, Duration.ofSeconds(2), Optional.of(Path.of("/data/demo/P-0001.pem")), CHAIN);
    }

    private static final DemoResult GOOD = result(
            refused(403, "P-0009 is not registered.\nIts key is weak."),
            refused(
                    403,
                    "The key belongs to another device; every device needs a key of its own: make a new one"
                            + " and ask again."));

    private static List<String> printed(DemoResult result) {
        var text = new StringWriter();
        new DemoReport(result).print(new PrintWriter(text));
        return text.toString().lines().toList();
    }

    @Test
    void showsWhatHappenedAndWhy() {
        assertThat(String.join("\n", printed(GOOD))).isEqualTo("""
                        KIND          DEVICES  EXPECTED  WHAT HAPPENED  WHY
                        genuine             8  issued    8 issued       -
                        unregistered        1  refused   1 refused      403: P-0009 is not registered.
                                                                        Its key is weak.
                        copied key          1  refused   1 refused      403: The key belongs to another device; every device needs a key of its
                                                                        own: make a new one and ask again.

                        10 devices: 8 issued, 2 refused in 2.0 s (5.0 a second; to the certificate p50 40 ms, p99 80 ms).
                        Every device ended as it should.

                        An issued certificate, and how to verify it:
                          openssl verify -CAfile '/data/ca chain.pem' /data/demo/P-0001.pem""");
    }

    @Test
    void namesEveryDeviceThatDidNotEndAsItShould() {
        var bad = result(
                refused(401, "Who are you?"), new Ending.Unanswered("No decision yet (202).", Duration.ofMinutes(2)));
        assertThat(bad.asExpected()).isFalse();
        assertThat(printed(bad))
                .contains(
                        "Not as it should be:",
                        "  P-0009 (unregistered) should have been refused, but was refused (401): Who are you?",
                        "  P-0010 (copied key) should have been refused, but was unanswered: No decision yet (202).");
    }

    @Test
    void aHostileDeviceWithACertificateIsFoundOut() {
        assertThat(result(issued(1), refused(403, "no")).unexpected())
                .containsExactly("P-0009 (unregistered) should have been refused, but was issued");
    }

    @Test
    void isOneJsonDocumentForPrograms() throws Exception {
        var json = new DemoReport(GOOD).json(Duration.ofMillis(12_345), Duration.ofSeconds(20));
        assertThat(Json.parse(json.getBytes(StandardCharsets.UTF_8)))
                .hasToString("{\"devices\":10,\"issued\":8,\"refused\":2,\"p50Millis\":40,\"p99Millis\":80,"
                        + "\"perSecond\":5.0,\"readySeconds\":12.3,\"totalSeconds\":20.0,\"asExpected\":true,"
                        + "\"unexpected\":[],\"certificate\":\"/data/demo/P-0001.pem\","
                        + "\"caChain\":\"/data/ca chain.pem\"}");
    }

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        var latencies = new Latencies(List.of(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(2)));
        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofMillis(2));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofMillis(3));
        assertThat(latencies.percentile(1)).isEqualTo(Duration.ofMillis(1));
        assertThat(new Latencies(List.of()).percentile(50)).isZero();
    }
}
