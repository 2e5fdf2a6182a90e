package dev.evenroll.revocation.administration;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/// Bearer tokens (RFC 7519, ES256) made with a key of the test.
final class LocalTokens {

    static final String ISSUER = "https://issuer.test";
    static final String AUDIENCE = "evenroll";

    private static final String SHARED = "evenroll.test.token-directory";

    private LocalTokens() {}

    /// The key that the service verifies with, PEM.
    static Path publicKey() {
        return shared().resolve("public.pem");
    }

    /// The framework loads this class twice, once for the test profile and once for the test: both find the
    /// same key by a system property.
    private static Path shared() {
        try {
            var known = System.getProperty(SHARED);
            if (known != null) {
                return Path.of(known);
            }
            var directory = Files.createTempDirectory("token-key");
            var keys = Keys.generateP256();
            Files.writeString(directory.resolve("private.pem"), Pem.encode(keys.getPrivate()));
            var encoded =
                    Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
            Files.writeString(
                    directory.resolve("public.pem"),
                    "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
            System.setProperty(SHARED, directory.toString());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrivateKey signingKey() {
        try {
            return Pem.decodePrivateKey(Files.readString(shared().resolve("private.pem")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String of(String person, String role) {
        return of(person, role, ISSUER, AUDIENCE, Instant.now().plusSeconds(300), signingKey());
    }

    static String expired(String role) {
        return of("anna", role, ISSUER, AUDIENCE, Instant.now().minusSeconds(3600), signingKey());
    }

    static String fromAnotherIssuer(String role) {
        return of(
                "anna", role, "https://elsewhere.test", AUDIENCE, Instant.now().plusSeconds(300), signingKey());
    }

    static String forAnotherAudience(String role) {
        return of("anna", role, ISSUER, "somebody-else", Instant.now().plusSeconds(300), signingKey());
    }

    static String signedByAnotherKey(String role) {
        return of(
                "anna",
                role,
                ISSUER,
                AUDIENCE,
                Instant.now().plusSeconds(300),
                Keys.generateP256().getPrivate());
    }

    private static String of(
            String person, String role, String issuer, String audience, Instant until, PrivateKey key) {
        var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\"}";
        var claims =
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"upn\":\"%s\",\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d,\"jti\":\"1\"}"
                        .formatted(
                                issuer,
                                audience,
                                person,
                                role,
                                until.minusSeconds(300).getEpochSecond(),
                                until.getEpochSecond());
        var signed =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            // The JDK's provider: the plain concatenation that JWS wants is its format P1363.
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
            signature.initSign(
                    KeyFactory.getInstance("EC", "SunEC").generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
