package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.observation.Observation.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/// Requests to a gateway in this JVM over real TLS, as the tests of its answers make them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EstExchange {

    final TestGateway gateway = new TestGateway(Duration.ofSeconds(10), Duration.ofMillis(300));
    final TestTrust.Identity device = gateway.trust.idevid("SN-1");
    final TestTrust.Identity own = gateway.trust.own("SN-1", Duration.ofDays(30));

    @AfterEach
    void everythingIsInOrderAgain() {
        gateway.pipeline.requests.clear();
        gateway.pipeline.observations.clear();
        gateway.pipeline.behaviour = _ -> null;
        gateway.pipeline.written = CompletableFuture.completedFuture(null);
        gateway.pipeline.replyPartition = OptionalInt.of(3);
        gateway.revoked.complete(true);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    WireClient.Answer exchange(TestTrust.@Nullable Identity identity, String request) throws IOException {
        try (var client = identity == null ? gateway.anonymous() : gateway.client(identity)) {
            return client.send(request).receive();
        }
    }

    void assertError(WireClient.Answer answer, int status, String beginning) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).startsWith(beginning).endsWith(".\n");
        assertThat(answer.header())
                .contains("\r\nContent-Type: text/plain; charset=utf-8\r\n")
                .hasSizeLessThan(1024);
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    void assertObserved(Kind... kinds) {
        assertThat(gateway.pipeline.observed()).containsExactly(kinds);
    }
}
