package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Role;
import dev.evenroll.cli.login.Login;
import dev.evenroll.cli.login.LoginFile;
import dev.evenroll.cli.login.OidcProvider;
import dev.evenroll.cli.login.OidcProvider.Invitation;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenroll login`.
@Command(
        name = "login",
        description = "Logs in: as somebody with some roles at the local stack, or at an OpenID Connect provider.",
        footer = {
            "",
            "The token is kept in the data directory, for this user's eyes only, and used by every command until"
                    + " `evenroll logout`. Without a login the commands act at the local stack as the user of this"
                    + " machine, with the role that each needs."
        },
        mixinStandardHelpOptions = true)
public final class LoginCommand extends OperatorCommand {

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "Local stack: ${COMPLETION-CANDIDATES}; may be repeated.")
    private List<Role> roles = List.of();

    @Option(names = "--as", paramLabel = "NAME", description = "Local stack: who acts (default: this user).")
    private @Nullable String actor;

    @Option(
            names = "--valid-for",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            description = "Local stack: how long (default: 8h).")
    private @Nullable Duration validFor;

    @Option(names = "--issuer", paramLabel = "URL", description = "Provider: its issuer URL.")
    private @Nullable URI issuer;

    @Option(names = "--client-id", paramLabel = "ID", description = "Provider: the public client of this command.")
    private @Nullable String clientId;

    @Option(
            names = "--scope",
            paramLabel = "SCOPES",
            description = "Provider: what to ask for (default: openid offline_access).")
    private @Nullable String scope;

    @Option(
            names = "--issuer-ca",
            paramLabel = "FILE",
            description = "Provider: PEM of the CAs to trust for it, instead of those of the JDK.")
    private @Nullable Path issuerCa;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var clock = InstantSource.system();
        var login = issuer == null ? local(operator, clock) : provided(issuer, clock);
        var file = new LoginFile(data().directory());
        file.write(login);
        new Whoami(Optional.of(login)).print(this);
    }

    private Login local(Operator operator, InstantSource clock) throws FailedCommandException {
        if (clientId != null || scope != null || issuerCa != null) {
            throw usage("--client-id, --scope and --issuer-ca are for a provider: give its --issuer too");
        }
        if (roles.isEmpty()) {
            throw usage("Give --role, at the local stack, or --issuer URL, at a provider");
        }
        if (actor != null && actor.isBlank()) {
            throw usage("--as is empty: say who acts, for the audit log");
        }
        var lifetime = validFor == null ? Duration.ofHours(8) : validFor;
        if (!lifetime.isPositive()) {
            throw usage("--valid-for must be longer than nothing");
        }
        var tokens = operator.localTokens(actor);
        return new Login(
                tokens.token(roles.stream().distinct().sorted().toList(), lifetime),
                clock.instant().plus(lifetime),
                Optional.empty());
    }

    private Login provided(URI provider, InstantSource clock)
            throws FaultException, FinalException, InterruptedException {
        if (!roles.isEmpty() || actor != null || validFor != null) {
            throw usage("--role, --as and --valid-for are for the local stack: a provider decides these itself");
        }
        if (clientId == null) {
            throw usage("Missing required option: '--client-id' (with --issuer)");
        }
        return OidcProvider.discover(
                        provider, clientId, Optional.ofNullable(issuerCa).map(Path::toAbsolutePath), clock)
                .login(scope == null ? "openid offline_access" : scope, new Guide());
    }

    private final class Guide implements OidcProvider.Guide {
        @Override
        public void invite(Invitation invitation) {
            err().println("Open " + invitation.page() + " in a browser, on any machine, and enter the code "
                    + invitation.code() + ".");
            err().flush();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    }
}
