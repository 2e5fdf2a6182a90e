package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.limit.RateLimits;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.pki.identity.CertificateId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Registration authorities, expired certificates, people who have to decide, and those who ask too often, over TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestersTest {

    private static final String SIMPLEREENROLL = "/.well-known/est/simplereenroll";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Instant now = Instant.now();
    private final TestGateway gateway = new TestGateway(LIMIT, LIMIT, new RateLimits.Settings(6, 3, 2), () -> now);

    @BeforeEach
    void thePipelineAnswers() {
        gateway.pipeline.behaviour = _ -> new Answer.Refused(List.of("a: b"));
        now = now.plus(Duration.ofHours(1));
    }

    @AfterEach
    void clear() {
        gateway.pipeline.observations.clear();
        gateway.pipeline.requests.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aRegistrationAuthorityMayAskForAnyDevice() throws Exception {
        var line = gateway.trust.registrationAuthority(gateway.trust.integrator, "line-1");
        for (int i = 0; i < 20; i++) {
            assertThat(ask(line, Requests.SIMPLEENROLL, "SN-" + i).body()).isEqualTo("a: b\n");
        }

        assertThat(gateway.pipeline.requests)
                .hasSize(20)
                .allSatisfy(request -> assertThat(request.requester())
                        .isInstanceOfSatisfying(
                                CertificateHolder.class,
                                holder -> assertThat(holder.credential())
                                        .isEqualTo(CertificateHolder.Credential.REGISTRATION_AUTHORITY)));
    }

    @Test
    void whoeverWaitsForAPersonIsAnsweredAtOnceWithAnEmptyBody() throws Exception {
        gateway.pipeline.behaviour = _ -> new Answer.Pending(Duration.ofSeconds(90));

        var answer = ask(gateway.trust.idevid("SN-1"), Requests.SIMPLEENROLL, "SN-1");

        assertThat(answer.header())
                .isEqualTo(Requests.header(
                        "HTTP/1.1 202 Accepted",
                        "Date: Mon, 02 Nov 2026 10:00:00 GMT",
                        "Retry-After: 90",
                        "Content-Length: 0"));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anExpiredCertificateMayAskForTheNextOneOnly() throws Exception {
        var own = gateway.trust.own("SN-1", Duration.ofSeconds(1));

        assertThat(ask(own, SIMPLEREENROLL, "SN-1").body()).isEqualTo("a: b\n");
        assertThat(gateway.pipeline.requests).hasSize(1);

        var refused = ask(own, Requests.SIMPLEENROLL, "SN-1", "Accept: */*");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body())
                .startsWith("The client certificate is not accepted: it expired on ")
                .endsWith(". Ask with it for the next one (simplereenroll), or present the manufacturer's certificate"
                        + " of the device.\n");
        assertThat(gateway.pipeline.observed()).containsExactly(Kind.AUTHENTICATION_FAILED);
        try (var client = gateway.client(own)) {
            var jobs = client.send(Requests.get(JobCalls.JOB)).receive();
            assertThat(jobs.status()).isEqualTo(403);
            assertThat(jobs.body()).contains("\"detail\":\"The client certificate is not accepted: it expired on ");
        }

        gateway.revoked.add(CertificateId.of(own.certificate()));
        assertThat(ask(own, SIMPLEREENROLL, "SN-1").status()).isEqualTo(403);
        assertThat(gateway.pipeline.requests).hasSize(1);
    }

    @Test
    void whoeverAsksTooOftenIs429WithTheTimeToComeAgain() throws Exception {
        var device = gateway.trust.idevid("SN-1");
        ask(device, Requests.SIMPLEENROLL, "SN-1");
        ask(device, Requests.SIMPLEENROLL, "SN-1");

        var third = ask(device, Requests.SIMPLEENROLL, "SN-1");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header()).contains("\r\nRetry-After: 30\r\n").hasSizeLessThan(1024);
        assertThat(third.body())
                .isEqualTo("This device asks more often than 2 times a minute; ask again after 30 s.\n");
        assertThat(ask(device, Requests.SIMPLEENROLL, "SN-2").body())
                .isEqualTo("This requester asks more often than 3 times a minute; ask again after 20 s.\n");
        var other = gateway.trust.idevid("SN-3");
        assertThat(ask(other, Requests.SIMPLEENROLL, "SN-3").status()).isEqualTo(403);
        assertThat(ask(other, Requests.SIMPLEENROLL, "SN-4").status()).isEqualTo(403);
        assertThat(ask(other, Requests.SIMPLEENROLL, "SN-5").body())
                .isEqualTo("This address asks more often than 6 times a minute; ask again after 10 s.\n");
        assertThat(gateway.pipeline.observed()).hasSize(3).containsOnly(Kind.RATE_LIMITED);
        assertThat(gateway.pipeline.requests).hasSize(4);

        now = now.plusSeconds(60);
        assertThat(ask(device, Requests.SIMPLEENROLL, "SN-1").status()).isEqualTo(403);
    }

    @Test
    void aStrangerWhoAsksTooOftenIs429Too() throws Exception {
        var stranger = gateway.trust.idevid(gateway.trust.stranger, "SN-1");
        for (int i = 0; i < 6; i++) {
            assertThat(ask(stranger, Requests.SIMPLEENROLL, "SN-1").status()).isEqualTo(401);
        }

        assertThat(ask(stranger, Requests.SIMPLEENROLL, "SN-1").status()).isEqualTo(429);
    }

    private WireClient.Answer ask(TestTrust.Identity identity, String path, String deviceId, String... fields)
            throws IOException {
        try (var client = gateway.client(identity)) {
            return client.send(Requests.post(path, Requests.csr(deviceId), fields))
                    .receive();
        }
    }
}
