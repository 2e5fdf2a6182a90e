package dev.evenroll.cli.command;

import dev.evenroll.cli.administration.Role;
import dev.evenroll.cli.login.Login;
import dev.evenroll.cli.login.TokenClaims;
import dev.evenroll.cli.output.OutputFormat;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who the operator is to the services: by a login, or without one.
record Whoami(Optional<Login> login) {

    void print(OperatorCommand command) {
        if (command.format() == OutputFormat.JSON) {
            command.print(fields());
        } else {
            Facts.print(fields(), command.out());
        }
    }

    private Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        if (login.isEmpty()) {
            fields.put("login", "none");
            fields.put("actor", Operator.user());
            fields.put("roles", Arrays.stream(Role.values()).map(Role::claim).toList());
            return fields;
        }
        var kept = login.get();
        var claims = TokenClaims.of(kept.accessToken());
        fields.put("login", "kept");
        fields.put("actor", claims.actor().orElse("unknown"));
        fields.put("roles", claims.roles());
        claims.issuer().ifPresent(issuer -> fields.put("issuer", issuer));
        fields.put("expiresAt", kept.expiresAt().toString());
        fields.put("renews", kept.renewal().isPresent());
        return fields;
    }
}
