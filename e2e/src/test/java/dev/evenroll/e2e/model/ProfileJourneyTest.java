package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices that are no charging stations, each with the certificate of its profile.
@ExtendWith(WithStack.class)
class ProfileJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aServerGetsItsHostNameAndItsPurpose(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var host = RunningStack.newDeviceId().toLowerCase(Locale.ROOT) + ".csms.example.com";
        operator.does("device", "register", host, "--owner", "Local Operator", "--profile", "csms-server");
        assertThat(operator.reads("device", "show", host).get("profile").asText())
                .isEqualTo("csms-server");
        assertThat(operator.does("device", "list", "--profile", "csms-server").output())
                .contains(host);

        var device = identified(stack, host).makesRequest("/CN=" + host + "/O=Local Operator");
        var answer = device.posts("simpleenroll");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(text(device))
                .contains("DNS:" + host, "TLS Web Server Authentication")
                .doesNotContain("TLS Web Client Authentication");
        assertThat(stack.topics()
                        .records(
                                Topics.ENROLLMENT_AUTHORIZED,
                                EnrollmentAuthorized.class,
                                event -> event.getDeviceId().equals(host)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getProfile()).isEqualTo("csms-server");
                    assertThat(event.getAssurance()).isEqualTo(KeyAssurance.SOFTWARE_KEY);
                });

        device.installsCertificate().makesRequest("/CN=" + host + "/O=Local Operator");
        var renewal = device.posts("simplereenroll");
        assertThat(renewal.status()).as(renewal.body()).isEqualTo(200);
        assertThat(text(device)).contains("DNS:" + host);
    }

    @Test
    void aLocalControllerGetsThePurposeOfARegistrationAuthority(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        Operator.of(stack, directory)
                .does("device", "register", deviceId, "--owner", "Local Operator", "--profile", "local-controller");
        var device = identified(stack, deviceId).makesRequest("/CN=" + deviceId);
        var answer = device.posts("simpleenroll");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        // openssl writes the name of id-kp-cmcRA in newer versions only.
        assertThat(text(device))
                .containsPattern(
                        "TLS Web Client Authentication, (1\\.3\\.6\\.1\\.5\\.5\\.7\\.3\\.28|CMC Registration Authority)");
    }

    @Test
    void aSerialNumberIsNoServer(RunningStack stack) {
        var deviceId = RunningStack.newDeviceId();
        var operator = Operator.of(stack, directory);
        var shape = operator.tries("device", "register", deviceId, "--profile", "csms-server");
        assertThat(shape.exitCode()).isNotZero();
        assertThat(shape.errors())
                .contains("profile: is csms-server, whose devices have a fully qualified host name without a wildcard, "
                        + "like csms.example.com as id, and " + deviceId + " is none");
        var unknown = operator.tries("device", "register", deviceId, "--profile", "robots");
        assertThat(unknown.errors())
                .contains("profile: is \"robots\", which is no profile here; give one of charging-station, ");
    }

    private CurlDevice identified(RunningStack stack, String deviceId) throws Exception {
        var place = Files.createDirectories(directory.resolve(deviceId));
        return new CurlDevice(place, stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()));
    }

    private static String text(CurlDevice device) {
        return device.tool()
                .run("openssl", "x509", "-in", device.readsCertificate().toString(), "-noout", "-text")
                .ok()
                .output();
    }
}
