package dev.evenroll.cli.administration;

import dev.evenroll.cli.administration.AdministrationClient.Call;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The registration authorities: administration interface of csr-validator.
///
/// Safe for use by many threads.
public final class Authorities implements AutoCloseable {

    private static final String PATH = "/registration-authorities";
    private static final int NOT_FOUND = 404;

    private final AdministrationClient client;

    public Authorities(URI address, TrustedServers trusted, BearerTokens tokens) {
        this.client = new AdministrationClient("csr-validator", address, trusted, tokens);
    }

    public List<Authority> list() throws FaultException, FinalException, InterruptedException {
        return new Fields(client.get(Role.AUDITOR, PATH).body())
                .page("registrationAuthorities", Authority::read)
                .items();
    }

    /// The authority of this name, when there is one.
    public Optional<Authority> find(String name) throws FaultException, FinalException, InterruptedException {
        try {
            return Optional.of(show(name));
        } catch (RefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public Authority show(String name) throws FaultException, FinalException, InterruptedException {
        var answer = client.get(Role.AUDITOR, path(name));
        return Authority.read(new Fields(answer.body()), answer.revision());
    }

    /// Enters or changes an authority.
    ///
    /// @param authority with the revision that is to be changed; none: it may not be there yet
    public Authority set(Authority authority) throws FaultException, FinalException, InterruptedException {
        var call = Call.json(Role.REGISTRAR, "PUT", path(authority.name()), authority.wire());
        var answer = client.send(
                authority.revision().isPresent()
                        ? call.onlyIf(authority.revision().getAsLong())
                        : call.onlyIfNew());
        return Authority.read(new Fields(answer.body()), answer.revision());
    }

    private static String path(String name) {
        return PATH + "/" + Query.escape(name);
    }

    @Override
    public void close() {
        client.close();
    }
}
