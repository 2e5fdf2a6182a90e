package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.pki.identity.CertificateId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is not let in hears why, and the SOC does too.
class EstAuthenticationTest extends EstExchange {

    /// As libest, strongSwan and curl send it.
    private static final String ACCEPT = "Accept: */*";

    @Test
    void noClientCertificateIs401WithAChallenge() throws Exception {
        var answer = exchange(null, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"), ACCEPT));

        assertError(
                answer,
                401,
                "No client certificate was presented, and no one-time token. Connect with TLS client authentication: with");
        assertThat(answer.header()).contains("\r\nWWW-Authenticate: Basic realm=\"Evenroll\"\r\n");
        assertObserved(Kind.AUTHENTICATION_FAILED);
        assertThat(gateway.pipeline.observations).first().satisfies(observation -> {
            assertThat(observation.subject()).isEqualTo("127.0.0.1");
            assertThat(observation.attributes())
                    .containsEntry("remoteAddress", "127.0.0.1")
                    .containsEntry("outcome", "unauthenticated");
        });
    }

    @Test
    void anUntrustedCertificateIs401WithTheReason() throws Exception {
        var stranger = gateway.trust.idevid(gateway.trust.stranger, "SN-1");

        var answer = exchange(stranger, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"), ACCEPT));

        assertError(answer, 401, "The client certificate is not accepted: ");
        assertThat(answer.body()).contains("Stranger Root");
        assertThat(answer.header()).contains("\r\nWWW-Authenticate: Basic realm=\"Evenroll\"\r\n");
        assertObserved(Kind.AUTHENTICATION_FAILED);
        assertThat(gateway.pipeline.observations)
                .extracting(Observation::subject)
                .first()
                .asString()
                .contains("Voltmaker");
    }

    /// Bouncy Castle among them, which can not be told apart: [BouncyCastleClientTest].
    @Test
    void whoDoesNotSayWhatItAcceptsIsGivenTheReasonInChunks() throws Exception {
        var stranger = gateway.trust.idevid(gateway.trust.stranger, "SN-1");

        var answer = exchange(stranger, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));

        assertError(answer, 401, "The client certificate is not accepted: ");
        assertThat(answer.header())
                .contains("\r\nWWW-Authenticate: Basic realm=\"Evenroll\"\r\n")
                .containsIgnoringCase("\r\nTransfer-Encoding: chunked\r\n")
                .doesNotContainIgnoringCase("Content-Length");
        assertObserved(Kind.AUTHENTICATION_FAILED);
    }

    @Test
    void whoKnowsNoChunksIsGivenTheReasonWithItsLength() throws Exception {
        var request = Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")).replace("HTTP/1.1", "HTTP/1.0");

        var answer = exchange(null, request);

        assertError(answer, 401, "No client certificate was presented, and no one-time token.");
        assertThat(answer.header()).contains("\r\nContent-Length: ");
    }

    @Test
    void aRevokedCertificateIs403() throws Exception {
        var revoked = gateway.trust.own("SN-9", Duration.ofDays(30));
        var id = CertificateId.of(revoked.certificate());
        gateway.revoked.add(id);

        var answer = exchange(revoked, Requests.post("/.well-known/est/simplereenroll", Requests.csr("SN-9")));

        assertError(
                answer,
                403,
                "The client certificate " + id.value()
                        + " has been revoked. Ask the operator of the charging station.\n");
        assertObserved(Kind.REVOKED_CERTIFICATE_PRESENTED);
    }

    @Test
    void aRevocationTakesEffectOnAnOpenConnection() throws Exception {
        var identity = gateway.trust.own("SN-8", Duration.ofDays(30));
        gateway.pipeline.behaviour = _ -> new Answer.Refused(List.of("a: b"));
        var request = Requests.post("/.well-known/est/simplereenroll", Requests.csr("SN-8"));
        try (var client = gateway.client(identity)) {
            assertThat(client.send(request).receive().body()).isEqualTo("a: b\n");

            gateway.revoked.add(CertificateId.of(identity.certificate()));

            assertThat(client.send(request).receive().body()).contains("has been revoked");
        }
    }

    @Test
    void whileRevocationCanNotBeCheckedNobodyIsLetIn() throws Exception {
        gateway.revoked.complete(false);

        var answer = exchange(own, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));

        assertError(answer, 503, "The list of revoked certificates is still being read;");
        assertThat(answer.header()).contains("\r\nRetry-After: 5\r\n");
        assertObserved();
    }
}
