package dev.evenroll.cli.login;

import dev.evenroll.cli.administration.BearerTokens;
import dev.evenroll.cli.administration.Role;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The token that a login keeps, renewed shortly before it ends where a provider allows it.
///
/// Safe for use by many threads.
public final class KeptTokens implements BearerTokens {

    /// A token must outlive the call that it is for.
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(30);

    private final LoginFile file;
    private final InstantSource clock;
    private @Nullable Login login;

    public KeptTokens(LoginFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /// The same for every role: the services look whether it has it.
    @Override
    public synchronized String token(Role role) throws FaultException, FinalException, InterruptedException {
        try {
            if (login == null) {
                login = kept();
            }
            if (!isFresh(login)) {
                login = file.alone(this::renewed);
            }
            return login.accessToken();
        } catch (IOException e) {
            throw new LoginException(file.path() + " can not be read or written: " + e.getMessage() + ".");
        }
    }

    private Login kept() throws IOException, LoginException {
        return file.read()
                .orElseThrow(() -> new LoginException("You have logged out meanwhile: run the command again."));
    }

    private Login renewed() throws IOException, FaultException, FinalException, InterruptedException {
        // Another process may have been faster.
        var present = kept();
        if (isFresh(present)) {
            return present;
        }
        if (present.renewal().isEmpty()) {
            throw new LoginException("Your login ended at " + present.expiresAt()
                    + ": log in again with `evenroll login`, or end it with `evenroll logout`.");
        }
        var renewal = present.renewal().get();
        var next = OidcProvider.discover(renewal.issuer(), renewal.clientId(), renewal.anchors(), clock)
                .renew(renewal);
        file.write(next);
        return next;
    }

    private boolean isFresh(Login some) {
        return clock.instant().plus(BEFORE_ITS_END).isBefore(some.expiresAt());
    }
}
