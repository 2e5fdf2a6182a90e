package dev.evenroll.cli.administration;

import dev.evenroll.cli.output.Json;
import dev.evenroll.pki.BouncyCastle;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes the bearer tokens of the local stack, where no OIDC provider is: JWT (RFC 7519) signed with ES256 (RFC 7518
/// section 3.4).
///
/// `{"iss":"evenroll-local","aud":"evenroll","upn":who,"groups":[role],"iat":..,"exp":..,"jti":..}`
///
/// A token lives for two minutes and is made for one request, but for those that a login keeps.
public final class LocalTokens implements BearerTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey key;
    private final String actor;
    private final InstantSource clock;

    /// Tokens of one actor.
    ///
    /// @param key P-256, whose public key the services hold
    /// @param actor who acts: the claim `upn`, which the audit log names
    public LocalTokens(PrivateKey key, String actor, InstantSource clock) {
        this.key = key;
        this.actor = actor;
        this.clock = clock;
    }

    /// Whoever describes a device needs the approver's role too where its profile says so (docs/PROFILES.md), which the
    /// caller does not know beforehand.
    @Override
    public String token(Role role) {
        return token(
                switch (role) {
                    case REGISTRAR, INSTALLER -> List.of(role, Role.APPROVER);
                    case APPROVER, REVOKER, AUDITOR -> List.of(role);
                },
                LIFETIME);
    }

    /// A token with several roles, to be kept.
    public String token(List<Role> roles, Duration lifetime) {
        var issuedAt = clock.instant();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "evenroll-local");
        claims.put("aud", "evenroll");
        claims.put("sub", actor);
        claims.put("upn", actor);
        claims.put("groups", roles.stream().map(Role::claim).toList());
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", issuedAt.plus(lifetime).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        var signed = part(Map.of("alg", "ES256")) + "." + part(claims);
        return signed + "." + BASE64.encodeToString(signature(signed));
    }

    private static String part(Map<String, ?> content) {
        return BASE64.encodeToString(Json.line(content).getBytes(StandardCharsets.UTF_8));
    }

    /// R and S of 32 bytes each, not DER (RFC 7518 section 3.4).
    private byte[] signature(String signed) {
        try {
            var signature = BouncyCastle.signature("SHA256withPLAIN-ECDSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The token key can not sign: start the stack again, which makes it anew.", e);
        }
    }
}
