package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TokenHolder;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.limit.RateLimits;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.OneTimeToken;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.HttpAuth;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bouncy Castle's EST client, which we did not write.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BouncyCastleClientTest {

    private final TestGateway gateway = new TestGateway(Duration.ofSeconds(10), Duration.ofMillis(300));
    private final TestTrust.Identity device = gateway.trust.idevid("SN-1");

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void itReadsTheCertificatesOfTheCa(String protocol) throws Exception {
        var certificates = builder(device, protocol).build().getCACerts().getCertificateStore();

        assertThat(certificates.getMatches(null))
                .extracting(holder -> holder.getSubject().toString())
                .containsExactlyInAnyOrder("CN=Test Issuing CA", "CN=Test Root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unwrapped"})
    void itEnrolls(String label) throws Exception {
        var issued = gateway.trust.own("SN-1", Duration.ofDays(30)).certificate();
        gateway.pipeline.behaviour = _ -> new Answer.Issued(Certificates.der(issued));
        var builder = builder(device, "TLSv1.3");
        var service =
                label.isEmpty() ? builder.build() : builder.withLabel(label).build();

        var response = service.simpleEnroll(false, request(), null);

        assertThat(response.isCompleted()).isTrue();
        assertThat(response.getStore().getMatches(null))
                .singleElement()
                .isEqualTo(new X509CertificateHolder(issued.getEncoded()));
    }

    @Test
    void itUnderstandsLater() throws Exception {
        gateway.pipeline.behaviour = _ -> null;

        var response = builder(device, "TLSv1.3").build().simpleEnroll(false, request(), null);

        assertThat(response.isCompleted()).isFalse();
        assertThat(response.canRetry() || response.getNotBefore() > 0).isTrue();
    }

    @Test
    void itShowsTheReasonsOfARefusal() {
        gateway.pipeline.behaviour = _ -> new Answer.Refused(List.of("weak-key: RSA 1024."));

        assertThatThrownBy(() -> builder(device, "TLSv1.3").build().simpleEnroll(false, request(), null))
                .isInstanceOfSatisfying(
                        ESTException.class, e -> assertThat(e.getStatusCode()).isEqualTo(403));
    }

    @Test
    void itReenrollsWithItsOwnCertificate() throws Exception {
        var own = gateway.trust.own("SN-1", Duration.ofDays(30));
        gateway.pipeline.behaviour =
                request -> new Answer.Issued(request.requester().chain().getFirst());

        var response = builder(own, "TLSv1.2").build().simpleEnroll(true, request(), null);

        assertThat(response.getStore().getMatches(null))
                .singleElement()
                .isEqualTo(new X509CertificateHolder(own.certificate().getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void itShowsAOneTimeTokenWhenItIsAsked(String protocol) throws Exception {
        var issued = gateway.trust.own("SN-1", Duration.ofDays(30)).certificate();
        gateway.pipeline.behaviour = _ -> new Answer.Issued(Certificates.der(issued));
        gateway.pipeline.requests.clear();
        var token = OneTimeToken.random(new SecureRandom());
        var authorization = new HttpAuth("SN-1", token.text().toCharArray());

        var response = anonymous(protocol).build().simpleEnroll(false, request(), authorization);

        assertThat(response.getStore().getMatches(null)).hasSize(1);
        assertThat(gateway.pipeline.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.requester())
                        .isInstanceOfSatisfying(
                                TokenHolder.class,
                                holder -> assertThat(holder.tokenSha256()).isEqualTo(token.sha256())));
    }

    @Test
    void aCertificateThatNobodyTrustsDoesNotHinderItsToken() throws Exception {
        gateway.pipeline.behaviour = _ -> new Answer.Pending(Duration.ofSeconds(60));
        var stranger = gateway.trust.idevid(gateway.trust.stranger, "SN-1");
        var token = new HttpAuth(
                "SN-1", OneTimeToken.random(new SecureRandom()).text().toCharArray());

        assertThat(builder(stranger, "TLSv1.3")
                        .build()
                        .simpleEnroll(false, request(), token)
                        .isCompleted())
                .isFalse();
    }

    @Test
    void itShowsWhyItsCertificateIsNotAcceptedWhenItHasNoToken() throws Exception {
        var stranger = gateway.trust.idevid(gateway.trust.stranger, "SN-1");
        var service = builder(stranger, "TLSv1.3").build();

        assertThatThrownBy(() -> service.simpleEnroll(false, request(), null))
                .isInstanceOfSatisfying(ESTException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(401);
                    assertThat(e.getBody()).asString(StandardCharsets.UTF_8).contains("Stranger Root");
                });
    }

    @Test
    void itShowsTheStatusOfAnAnswerToOneWhoAsksTooOften() throws Exception {
        var limits = new RateLimits.Settings(0, 1, 0);
        try (var limited = new TestGateway(Duration.ofSeconds(10), Duration.ofMillis(300), limits)) {
            var service = new JsseESTServiceBuilder("localhost:" + limited.port(), (X509TrustManager)
                            TestTls.trust(limited.trust).getTrustManagers()[0])
                    .withTLSVersion("TLSv1.3")
                    .withKeyManager(TestTls.keys(limited.trust.idevid("SN-1"))[0])
                    .addCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"})
                    .build();
            service.simpleEnroll(false, request(), null);

            assertThatThrownBy(() -> service.simpleEnroll(false, request(), null))
                    .isInstanceOfSatisfying(
                            ESTException.class,
                            e -> assertThat(e.getStatusCode()).isEqualTo(429));
        }
    }

    @Test
    void itWaitsForAPersonAsLongAsItIsTold() throws Exception {
        gateway.pipeline.behaviour = _ -> new Answer.Pending(Duration.ofSeconds(60));

        var response = builder(device, "TLSv1.3").build().simpleEnroll(false, request(), null);

        assertThat(response.isCompleted()).isFalse();
        assertThat(response.getNotBefore()).isGreaterThan(System.currentTimeMillis() + 30_000);
    }

    private JsseESTServiceBuilder builder(TestTrust.Identity identity, String protocol) throws Exception {
        return anonymous(protocol).withKeyManager(TestTls.keys(identity)[0]);
    }

    private JsseESTServiceBuilder anonymous(String protocol) throws Exception {
        return new JsseESTServiceBuilder("localhost:" + gateway.port(), (X509TrustManager)
                        TestTls.trust(gateway.trust).getTrustManagers()[0])
                .withTLSVersion(protocol)
                .addCipherSuites(
                        "TLSv1.3".equals(protocol)
                                ? new String[] {"TLS_AES_128_GCM_SHA256"}
                                : new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    }

    private static PKCS10CertificationRequest request() throws Exception {
        return new PKCS10CertificationRequest(CertificationRequests.create(Keys.generateP256(), "SN-1", "Operator")
                .bytes());
    }
}
