package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bearer tokens of any OpenID provider: its keys by JWKS over HTTPS, the roles in a claim of its own.
@QuarkusTest
@TestProfile(WithOpenIdProvider.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class OpenIdProviderTest extends Calling {

    private static final String ISSUER = "https://id.example/realms/fleet";
    private static final KeyPair RSA = Keys.generateRsa(2048);
    private static final KeyPair EC = Keys.generateP256();

    @ConfigProperty(name = OpenIdProvider.KEYS)
    String keys;

    @BeforeEach
    void publish() throws Exception {
        publish(Map.of("k-rsa", RSA, "k-ec", EC));
        awaitAcceptance(() -> rsa(claims("auditor")));
        refusals.clear();
    }

    /// The library does not ask the provider again within 0.3 s.
    private void awaitAcceptance(Supplier<String> token) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (get("devices", token.get()).statusCode() != 200) {
            assertThat(System.nanoTime()).as("the key counts").isLessThan(deadline);
        }
    }

    private void publish(Map<String, KeyPair> pairs) throws Exception {
        var entries = new LinkedHashMap<String, String>();
        for (var pair : pairs.entrySet()) {
            var jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getValue().getPublic());
            jwk.setKeyId(pair.getKey());
            jwk.setUse("sig");
            entries.put(pair.getKey(), jwk.toJson());
        }
        Files.writeString(Path.of(keys), "{\"keys\":[" + String.join(",", entries.values()) + "]}");
    }

    @Test
    void theRolesAreThoseOfTheConfiguredClaim() throws Exception {
        assertStatus(get("devices", rsa(claims("auditor"))), 200);
        assertStatus(get("devices", ec("k-ec", EC, claims("auditor"))), 200);
        assertStatus(put("devices/EVR-1", EVR_1, rsa(claims("offline_access", "registrar"))), 201);
        assertStatus(put("devices/EVR-2", EVR_1, rsa(claims("auditor"))), 403);
        assertStatus(get("devices", rsa(claims().groups("auditor"))), 403);
        assertThat(refusals.calls())
                .containsExactly(
                        "403 bob@example.com 127.0.0.1 PUT /devices/EVR-2",
                        "403 bob@example.com 127.0.0.1 GET /devices");
    }

    @Test
    void whoHasNoNameIsCalledByItsSubject() throws Exception {
        var machine = Jwt.claims()
                .issuer(ISSUER)
                .subject("9f1c")
                .audience("evenroll")
                .claim("realm_access", Map.of("roles", List.of("visitor")))
                .expiresIn(Duration.ofMinutes(5));
        assertStatus(get("devices", rsa(machine)), 403);
        assertThat(refusals.calls()).containsExactly("403 9f1c 127.0.0.1 GET /devices");
    }

    @Test
    void aKeyThatIsRotatedInCountsAtOnceAndOneThatIsRotatedOutNoMore() throws Exception {
        assertStatus(get("devices", rsa(claims("auditor"))), 200);
        var next = Keys.generateP256();
        assertStatus(get("devices", ec("k-next", next, claims("auditor"))), 401);
        publish(Map.of("k-next", next));
        awaitAcceptance(() -> ec("k-next", next, claims("auditor")));
        assertStatus(get("devices", rsa(claims("auditor"))), 401);
    }

    @Test
    void aProviderThatCanNotBeReachedLetsNobodyIn() throws Exception {
        Files.delete(Path.of(keys));
        assertStatus(get("devices", ec("k-unknown", Keys.generateP256(), claims("auditor"))), 401);
    }

    @Test
    void aTokenForSomebodyElseOrFromSomebodyElseIsNone() throws Exception {
        var now = Instant.now();
        for (var token : List.of(
                rsa(claims("registrar").audience("account")),
                rsa(claims("registrar").audience(Set.of("account", "master"))),
                rsa(claims("registrar").issuer("https://id.example/realms/master")),
                rsa(claims("registrar").issuer(ISSUER + "/")),
                rsa(claims("registrar").issuedAt(now.minusSeconds(60)).expiresAt(now.minusSeconds(10))),
                rsa(claims("registrar").issuedAt(now.minusSeconds(3_700)).expiresAt(now.plusSeconds(600))),
                rsa(claims("registrar").claim("nbf", now.plusSeconds(60).getEpochSecond())),
                ec("k-ec", Keys.generateP256(), claims("registrar")),
                ec("k-rsa", EC, claims("registrar")),
                ec("k-none", EC, claims("registrar")))) {
            assertStatus(get("devices", token), 401);
        }
        var justExpired = claims("registrar").issuedAt(now.minusSeconds(60)).expiresAt(now.minusSeconds(3));
        assertStatus(get("devices", rsa(justExpired)), 200);
        assertStatus(get("devices", rsa(claims("registrar").audience(Set.of("account", "evenroll")))), 200);
    }

    @Test
    void aTokenWithoutAnEndIsNone() throws Exception {
        var payload = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"evenroll\",\"upn\":\"bob\",\"iat\":"
                + Instant.now().getEpochSecond() + ",\"realm_access\":{\"roles\":[\"registrar\"]}}";
        assertStatus(get("devices", handmade("{\"alg\":\"none\"}", payload, "")), 401);
        var signature = new JsonWebSignature();
        signature.setPayload(payload);
        signature.setKeyIdHeaderValue("k-rsa");
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKey(RSA.getPrivate());
        assertStatus(get("devices", signature.getCompactSerialization()), 401);
    }

    /// RFC 8725 section 3.1: the algorithm is not the token's to choose.
    @Test
    void aTokenDoesNotChooseHowItIsVerified() throws Exception {
        var good = rsa(claims("registrar"));
        var payload = good.substring(good.indexOf('.') + 1, good.lastIndexOf('.'));
        var signature = good.substring(good.lastIndexOf('.') + 1);
        for (var algorithm : List.of("none", "None", "NONE", "nOnE")) {
            var header = encoded("{\"alg\":\"" + algorithm + "\",\"kid\":\"k-rsa\"}");
            assertStatus(get("devices", header + "." + payload + "."), 401);
            assertStatus(get("devices", header + "." + payload + "." + signature), 401);
        }
        for (var secret : List.of(RSA.getPublic().getEncoded(), pem().getBytes(StandardCharsets.US_ASCII))) {
            var confused = claims("registrar")
                    .jws()
                    .keyId("k-rsa")
                    .algorithm(SignatureAlgorithm.HS256)
                    .sign(new SecretKeySpec(secret, "HmacSHA256"));
            assertStatus(get("devices", confused), 401);
        }
        var notConfigured = claims("registrar")
                .jws()
                .keyId("k-rsa")
                .algorithm(SignatureAlgorithm.PS256)
                .sign(RSA.getPrivate());
        assertStatus(get("devices", notConfigured), 401);
        assertThat(registry.there()).isEmpty();
    }

    private static String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(RSA.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String handmade(String header, String payload, String signature) {
        return encoded(header) + "." + encoded(payload) + "." + signature;
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JwtClaimsBuilder claims(String... roles) {
        return Jwt.claims()
                .issuer(ISSUER)
                .subject("7e2a")
                .preferredUserName("bob@example.com")
                .audience("evenroll")
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .expiresIn(Duration.ofMinutes(5));
    }

    private static String rsa(JwtClaimsBuilder claims) {
        return claims.jws().keyId("k-rsa").algorithm(SignatureAlgorithm.RS256).sign(RSA.getPrivate());
    }

    private static String ec(String keyId, KeyPair pair, JwtClaimsBuilder claims) {
        return claims.jws().keyId(keyId).algorithm(SignatureAlgorithm.ES256).sign(pair.getPrivate());
    }
}
