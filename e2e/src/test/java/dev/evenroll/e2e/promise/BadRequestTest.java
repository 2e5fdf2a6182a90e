package dev.evenroll.e2e.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not a proper request is answered with the right status and a sentence, and nothing of it reaches
/// Kafka but a security event.
@ExtendWith(WithStack.class)
class BadRequestTest {

    private static final List<String> PKCS10 = List.of("-H", "Content-Type: application/pkcs10");

    @TempDir
    private Path directory = Path.of("");

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("malformed base64", "simpleenroll", PKCS10, "%%%", true, 400, "base64"),
                Arguments.of("malformed CSR", "simpleenroll", PKCS10, "AAAA", true, 400, "certification request"),
                Arguments.of("empty body", "simpleenroll", PKCS10, "", true, 400, "empty"),
                Arguments.of("oversized body", "simpleenroll", PKCS10, "A".repeat(100_000), true, 413, "bytes"),
                Arguments.of(
                        "wrong media type",
                        "simpleenroll",
                        List.of("-H", "Content-Type: text/plain"),
                        "AAAA",
                        true,
                        415,
                        "application/pkcs10"),
                Arguments.of("no authentication", "simpleenroll", PKCS10, "AAAA", false, 401, "certificate"),
                Arguments.of("unknown label", "nosuchlabel/simpleenroll", PKCS10, "AAAA", true, 404, "nosuchlabel"),
                Arguments.of("unknown operation", "simpledismiss", PKCS10, "AAAA", true, 404, "simpledismiss"));
    }

    @ParameterizedTest(name = "{0}: {5}")
    @MethodSource("requests")
    void isAnsweredInWordsAndSeenByTheSocOnly(
            String what,
            String operation,
            List<String> headers,
            String body,
            boolean authenticated,
            int status,
            String word,
            RunningStack stack)
            throws Exception {
        var device = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(RunningStack.newDeviceId(), Keys.generateP256()));
        Files.writeString(directory.resolve("body"), body);
        var requestsBefore = stack.topics().count(Topics.ENROLLMENT_REQUESTED);
        var observedBefore = stack.topics().count(Topics.SECURITY_OBSERVED);

        var answer = device.send(operation, headers, List.of("--data-binary", "@body"), authenticated);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsIgnoringCase("Content-Type: text/plain");
        assertThat(answer.body()).containsIgnoringCase(word).hasSizeGreaterThan(20);
        if (status != 404) {
            // A wrong address is a mistake of whoever configured the device, not an observation for the SOC.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> stack.topics().count(Topics.SECURITY_OBSERVED) > observedBefore);
        }
        assertThat(stack.topics().count(Topics.ENROLLMENT_REQUESTED)).isEqualTo(requestsBefore);
    }
}
