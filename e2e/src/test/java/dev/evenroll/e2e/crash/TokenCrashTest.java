package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.fleet.Ending;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.SoftToken;
import dev.evenroll.e2e.stack.RunningStack;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The CA key is in a token of SoftHSM2: devices enroll, the token is taken away and comes back, and the issuer is
/// killed between the signature and the commit.
class TokenCrashTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    @Test
    void nothingIsLostOrDoubledWhenTheTokenGoesOrTheIssuerDies() throws Exception {
        Assumptions.assumeTrue(
                SoftToken.module().isPresent() || "true".equals(System.getenv("CI")), "SoftHSM2 is not installed");
        try (var stack = RunningStack.start(data, CaKey.TOKEN);
                var line = Executors.newSingleThreadExecutor()) {
            var names = new ArrayList<String>();
            var first = stack.fleet().registered(newName(names));
            first.enrolls().receivesCertificate();
            assertThat(Files.exists(data.resolve("ca/issuing-ca.p12"))).isFalse();

            // Taken away: the issuer says so, the device waits, and nothing is restarted when it is back.
            var token = data.resolve("ca/token/tokens");
            var away = data.resolve("ca/token/away");
            Files.move(token, away);
            Files.createDirectory(token);
            var second = stack.fleet().registered(newName(names));
            var waiting = line.submit(second::enrolls);
            Awaitility.await().atMost(LIMIT).until(() -> readiness(stack).contains("token"));
            assertThat(waiting.isDone()).isFalse();
            Files.delete(token);
            Files.move(away, token);
            Ending ending = waiting.get();
            ending.receivesCertificate();

            // Killed when the token has signed and nothing is committed.
            var third = stack.fleet().registered(newName(names));
            Files.createFile(stack.crashPoints().resolve("armed-after-sign"));
            var interrupted = line.submit(third::enrolls);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Files.exists(stack.crashPoints().resolve("reached-after-sign")));
            stack.stack().kill(Service.ISSUER);
            Files.delete(stack.crashPoints().resolve("armed-after-sign"));
            stack.stack().start(Service.ISSUER);
            interrupted.get().receivesCertificate();

            IssuanceLedger.of(stack.topics(), names).isWholeFor(names);
        }
    }

    private static String newName(List<String> names) {
        var name = RunningStack.newDeviceId();
        names.add(name);
        return name;
    }

    /// What the issuer's readiness says is wrong; empty when nothing is.
    private static String readiness(RunningStack stack) throws Exception {
        var issuer = Objects.requireNonNull(stack.connection().management().get(Service.ISSUER.serviceName()));
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(issuer.resolve("/q/health/ready")).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : answer.body();
        }
    }
}
