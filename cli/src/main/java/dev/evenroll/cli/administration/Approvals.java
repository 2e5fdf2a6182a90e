package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The enrollments that wait for a person: administration interface of csr-validator.
///
/// Safe for use by many threads.
public final class Approvals implements AutoCloseable {

    private final AdministrationClient client;

    public Approvals(URI address, TrustedServers trusted, BearerTokens tokens) {
        this.client = new AdministrationClient("csr-validator", address, trusted, tokens);
    }

    /// Which enrollments to list.
    ///
    /// @param device only those of this device
    /// @param decided only those that are decided, or only those that wait
    public record Selection(Optional<String> device, Optional<Boolean> decided, Optional<String> after, int limit) {}

    public Page<Approval> list(Selection selection) throws FaultException, FinalException, InterruptedException {
        var query = new Query("/approvals")
                .with("device", selection.device())
                .with("decided", selection.decided().map(String::valueOf))
                .with("after", selection.after())
                .with("limit", Optional.of(Integer.toString(selection.limit())));
        return new Fields(client.get(Role.AUDITOR, query.toString()).body()).page("approvals", Approval::read);
    }

    /// Decides an enrollment, for ever.
    ///
    /// @param reason why, for whoever asks later
    public Approval decide(String deviceId, String enrollmentId, boolean approved, String reason)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(
                Role.APPROVER,
                "POST",
                "/approvals/" + Query.escape(deviceId) + "/" + Query.escape(enrollmentId),
                Map.of("approved", approved, "reason", reason));
        return Approval.read(new Fields(answer.body()));
    }

    @Override
    public void close() {
        client.close();
    }
}
