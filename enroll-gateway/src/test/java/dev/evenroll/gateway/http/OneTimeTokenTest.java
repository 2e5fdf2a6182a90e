package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TokenHolder;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An installer's one-time token over HTTP Basic: what passes, what is said, and that the token is told to nobody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneTimeTokenTest {

    private static final String SIMPLEREENROLL = "/.well-known/est/simplereenroll";

    private final TestGateway gateway = new TestGateway(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private final OneTimeToken token = OneTimeToken.random(new SecureRandom());

    @BeforeEach
    void thePipelineAnswers() {
        gateway.pipeline.behaviour = _ -> new Answer.Refused(List.of("token: unknown."));
    }

    @AfterEach
    void theTokenIsToldToNobody() {
        assertThat(gateway.pipeline.observations.toString() + gateway.pipeline.requests)
                .doesNotContain(token.text())
                .doesNotContain(token.text().replace("-", ""));
        gateway.pipeline.observations.clear();
        gateway.pipeline.requests.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aTokenIsHandedOnAsItsHash() throws Exception {
        var answer = exchange(null, Requests.SIMPLEENROLL, "SN-1", basic("SN-1", token.text()));

        assertThat(answer.body()).isEqualTo("token: unknown.\n");
        assertThat(gateway.pipeline.requests).singleElement().satisfies(request -> {
            assertThat(request.requester())
                    .isInstanceOfSatisfying(
                            TokenHolder.class,
                            holder -> assertThat(holder.tokenSha256()).isEqualTo(token.sha256()));
            assertThat(request.requester().chain()).isEmpty();
        });
    }

    @Test
    void noCertificateHindersAToken() throws Exception {
        for (var shown : List.of(
                gateway.trust.idevid(gateway.trust.stranger, "SN-1"),
                gateway.trust.idevid("SN-1"),
                gateway.trust.server())) {
            exchange(shown, Requests.SIMPLEENROLL, "SN-1", basic("SN-1", token.text()));
        }

        assertThat(gateway.pipeline.requests)
                .hasSize(3)
                .allMatch(request -> request.requester() instanceof TokenHolder);
    }

    @Test
    void aRevokedCertificateStaysOutsideWithATokenToo() throws Exception {
        var revoked = gateway.trust.own("SN-7", Duration.ofDays(30));
        gateway.revoked.add(CertificateId.of(revoked.certificate()));

        var answer = exchange(revoked, Requests.SIMPLEENROLL, "SN-7", basic("SN-7", token.text()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(gateway.pipeline.observed()).containsExactly(Kind.REVOKED_CERTIFICATE_PRESENTED);
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    @Test
    void withoutCertificateAndTokenTheChallengeIsForBoth() throws Exception {
        var answer = exchange(null, Requests.SIMPLEENROLL, "SN-1", "Accept: */*");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header())
                .contains("\r\nWWW-Authenticate: Basic realm=\"Evenroll\"\r\n")
                .hasSizeLessThan(1024);
        assertThat(answer.body()).contains("one-time token as password (HTTP Basic).\n");
    }

    @Test
    void credentialsThatAreNoneAre401AndObserved() throws Exception {
        for (var field : List.of(
                "Authorization: Bearer abc",
                "Authorization: Basic " + token.text(),
                basic("SN-1", token.text().substring(1)),
                basic(token.text() + "!", "SN-1"),
                basic("", token.text()))) {
            var answer = exchange(gateway.trust.idevid("SN-1"), Requests.SIMPLEENROLL, "SN-1", field);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header()).contains("\r\nWWW-Authenticate: Basic realm=\"Evenroll\"\r\n");
            assertThat(answer.body()).startsWith("Authorization: ").endsWith(".\n");
        }
        assertThat(gateway.pipeline.observed()).hasSize(5).containsOnly(Kind.AUTHENTICATION_FAILED);
        assertThat(gateway.pipeline.observations)
                .allMatch(observation -> observation.subject().equals("127.0.0.1"));
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    @Test
    void aTokenForAnotherDeviceThanTheRequestsIs403() throws Exception {
        var answer = exchange(null, Requests.SIMPLEENROLL, "SN-2", basic("SN-1", token.text()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("The one-time token was sent for the device SN-1, but the certification request names SN-2"
                        + " (CN). Send the id of the device as user, and as the CN of its request.\n");
        assertThat(gateway.pipeline.observed()).containsExactly(Kind.AUTHENTICATION_FAILED);
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    @Test
    void aTokenRenewsNothing() throws Exception {
        var own = gateway.trust.own("SN-1", Duration.ofDays(30));
        for (var shown : new TestTrust.Identity[] {null, own}) {
            var answer = exchange(shown, SIMPLEREENROLL, "SN-1", basic("SN-1", token.text()));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).startsWith("A one-time token is for simpleenroll only.");
        }
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    @Test
    void damagedAuthorizationDoesNoHarm() throws Exception {
        var random = new Random(20261122);
        for (int i = 0; i < 200; i++) {
            var field = basic("SN-1", token.text()).toCharArray();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // Behind the name of the field; printable, so that it stays one field.
                field[15 + random.nextInt(field.length - 15)] = (char) (33 + random.nextInt(94));
            }
            var answer = exchange(null, Requests.SIMPLEENROLL, "SN-1", new String(field));

            assertThat(answer.status()).isIn(400, 401, 403);
            assertThat(answer.header()).hasSizeLessThan(1024);
        }
        assertThat(gateway.metrics
                        .find("evenroll.est.requests")
                        .tag("outcome", "fault")
                        .timer())
                .isNull();
    }

    private WireClient.Answer exchange(
            TestTrust.@Nullable Identity identity, String path, String deviceId, String... fields) throws IOException {
        try (var client = identity == null ? gateway.anonymous() : gateway.client(identity)) {
            return client.send(Requests.post(path, Requests.csr(deviceId), fields))
                    .receive();
        }
    }

    private static String basic(String user, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
