package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inventory of certificates: administration interface of revocation-service.
///
/// Safe for use by many threads; every call may be repeated.
public final class Inventory implements AutoCloseable {

    private static final int MOST_OF_A_DEVICE = 1_000;

    private final AdministrationClient client;

    public Inventory(URI address, TrustedServers trusted, BearerTokens tokens) {
        this.client = new AdministrationClient("revocation-service", address, trusted, tokens);
    }

    /// Which certificates to list.
    ///
    /// @param device only those of this device
    /// @param state only those in this state
    /// @param after the id that comes just before the first one
    public record Selection(Optional<String> device, Optional<String> state, Optional<String> after, int limit) {}

    /// Certificates in the order of their ids.
    public Page<Certificate> certificates(Selection selection)
            throws FaultException, FinalException, InterruptedException {
        var query = new Query("/certificates")
                .with("device", selection.device())
                .with("state", selection.state())
                .with("after", selection.after())
                .with("limit", Optional.of(Integer.toString(selection.limit())));
        return new Fields(client.get(Role.AUDITOR, query.toString()).body()).page("certificates", Certificate::read);
    }

    /// All certificates of a device: those that are good, and those that ended in the last year.
    public List<Certificate> ofDevice(String deviceId) throws FaultException, FinalException, InterruptedException {
        return certificates(new Selection(Optional.of(deviceId), Optional.empty(), Optional.empty(), MOST_OF_A_DEVICE))
                .items();
    }

    public Certificate certificate(String certificateId) throws FaultException, FinalException, InterruptedException {
        var answer = client.get(Role.AUDITOR, "/certificates/" + Query.escape(certificateId));
        return Certificate.read(new Fields(answer.body()));
    }

    /// Revokes a certificate, for ever. A revoked one stays as it is.
    ///
    /// @param reason a [RevocationReason]
    public Certificate revoke(String certificateId, RevocationReason reason)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(
                Role.REVOKER,
                "POST",
                "/certificates/" + Query.escape(certificateId) + "/revocation",
                Map.of("reason", reason.toString()));
        return Certificate.read(new Fields(answer.body()));
    }

    /// Revokes every certificate of a device that is neither revoked nor expired.
    ///
    /// @return those that this revoked
    public List<Certificate> revokeDevice(String deviceId, RevocationReason reason)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(
                Role.REVOKER,
                "POST",
                "/devices/" + Query.escape(deviceId) + "/revocation",
                Map.of("reason", reason.toString()));
        return new Fields(answer.body()).page("certificates", Certificate::read).items();
    }

    /// Puts a certificate on hold. One that is on hold stays so.
    public Certificate hold(String certificateId) throws FaultException, FinalException, InterruptedException {
        return order(certificateId, "hold");
    }

    /// Releases a certificate from hold. One that is not on hold stays as it is.
    public Certificate release(String certificateId) throws FaultException, FinalException, InterruptedException {
        return order(certificateId, "release");
    }

    private Certificate order(String certificateId, String order)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(
                Role.REVOKER, "POST", "/certificates/" + Query.escape(certificateId) + "/" + order, Map.of());
        return Certificate.read(new Fields(answer.body()));
    }

    /// Renewals in the order of their time.
    ///
    /// @param until only those that are due by then
    /// @param after `next` of the page before
    public Page<Renewal> renewals(Optional<Instant> until, Optional<String> after, int limit)
            throws FaultException, FinalException, InterruptedException {
        var query = new Query("/renewals")
                .with("until", until.map(Instant::toString))
                .with("after", after)
                .with("limit", Optional.of(Integer.toString(limit)));
        return new Fields(client.get(Role.AUDITOR, query.toString()).body()).page("renewals", Renewal::read);
    }

    /// The revocation lists, those of a CA together, in the order of their shards.
    public List<RevocationList> revocationLists() throws FaultException, FinalException, InterruptedException {
        return new Fields(client.get(Role.AUDITOR, "/crls").body())
                .page("crls", RevocationList::read)
                .items();
    }

    @Override
    public void close() {
        client.close();
    }
}
