package dev.evenroll.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a bearer token says of itself (RFC 7519), for people to read. Nothing is verified here and nothing decided by
/// it: the services do that.
///
/// @param actor `upn`, else `preferred_username`, else `sub`: as the audit log names the person
/// @param roles the claim `groups`; a provider may have them elsewhere
public record TokenClaims(
        Optional<String> actor, List<String> roles, Optional<String> issuer, Optional<Instant> expiresAt) {

    private static final TokenClaims NONE =
            new TokenClaims(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public TokenClaims {
        roles = List.copyOf(roles);
    }

    /// The claims of a token; none when it is not a JWT.
    public static TokenClaims of(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return NONE;
        }
        try {
            var claims = Json.parse(Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.UTF_8)));
            return new TokenClaims(
                    text(claims, "upn")
                            .or(() -> text(claims, "preferred_username"))
                            .or(() -> text(claims, "sub")),
                    roles(claims),
                    text(claims, "iss"),
                    instant(claims));
        } catch (IOException | IllegalArgumentException e) {
            return NONE;
        }
    }

    private static List<String> roles(JsonNode claims) {
        var roles = new ArrayList<String>();
        for (var role : claims.path("groups")) {
            if (role.isTextual()) {
                roles.add(role.asText());
            }
        }
        return roles;
    }

    private static Optional<Instant> instant(JsonNode claims) {
        var seconds = claims.path("exp");
        try {
            return seconds.isIntegralNumber() && seconds.canConvertToLong()
                    ? Optional.of(Instant.ofEpochSecond(seconds.asLong()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode claims, String name) {
        return Optional.of(claims.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
