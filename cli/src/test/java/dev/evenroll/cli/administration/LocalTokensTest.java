package dev.evenroll.cli.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.output.Json;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final KeyPair key = Keys.generateP256();
    private final LocalTokens tokens = new LocalTokens(key.getPrivate(), "alice", () -> NOW);

    @Test
    void saysWhoMayDoWhatForTwoMinutes() throws Exception {
        var parts = List.of(tokens.token(Role.REVOKER).split("\\.", -1));
        assertThat(parts).hasSize(3);
        assertThat(Json.parse(decoded(parts.get(0)))).hasToString("{\"alg\":\"ES256\"}");
        var claims = Json.parse(decoded(parts.get(1)));
        assertThat(claims.path("iss").asText()).isEqualTo("evenroll-local");
        assertThat(claims.path("aud").asText()).isEqualTo("evenroll");
        assertThat(claims.path("upn").asText()).isEqualTo("alice");
        assertThat(claims.path("groups")).hasToString("[\"revoker\"]");
        assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.path("exp").asLong()).isEqualTo(NOW.plusSeconds(120).getEpochSecond());
    }

    /// Verified by the JDK, which did not make it.
    @Test
    void isSignedWithEs256() throws Exception {
        var token = tokens.token(Role.AUDITOR);
        int dot = token.lastIndexOf('.');
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(key.getPublic());
        verifier.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(decoded(token.substring(dot + 1)))).isTrue();
    }

    @Test
    void noTwoTokensHaveTheSameId() throws Exception {
        assertThat(id(tokens.token(Role.AUDITOR))).isNotEqualTo(id(tokens.token(Role.AUDITOR)));
    }

    private static String id(String token) throws Exception {
        return Json.parse(decoded(List.of(token.split("\\.", -1)).get(1)))
                .path("jti")
                .asText();
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
