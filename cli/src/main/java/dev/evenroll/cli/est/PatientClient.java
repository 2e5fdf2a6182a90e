package dev.evenroll.cli.est;

import dev.evenroll.cli.est.EnrollmentAnswer.Decided;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.cli.tls.UntrustedServerException;
import dev.evenroll.pki.Der;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Asks until there is a decision: a fault and a 202 are followed by the same request on a new connection, so that
/// however often it is sent it stays one enrollment.
public final class PatientClient {

    private final EstServer server;
    private final Patience patience;
    private final InstantSource clock;

    public PatientClient(EstServer server, Patience patience, InstantSource clock) {
        this.server = server;
        this.patience = patience;
        this.clock = clock;
    }

    /// The CA certificates, which need no identity.
    public List<X509Certificate> caCertificates() throws FaultException, FinalException, InterruptedException {
        return patience.untilDone(() -> new EstClient(server, Optional.empty(), clock).caCertificates());
    }

    /// A first certificate, asked for with what the manufacturer gave the device.
    public Decided enroll(ClientIdentity idevid, Der request, PublicKey key)
            throws FaultException, FinalException, InterruptedException {
        return decision(idevid, client -> client.simpleEnroll(request, key));
    }

    /// A first certificate, asked for with an installer's one-time token.
    public Decided enroll(TokenCredentials credentials, Der request, PublicKey key)
            throws FaultException, FinalException, InterruptedException {
        return decision(() -> EstClient.with(server, credentials, clock), client -> client.simpleEnroll(request, key));
    }

    /// The next certificate, asked for with the present one.
    public Decided renew(ClientIdentity present, Der request, PublicKey key)
            throws FaultException, FinalException, InterruptedException {
        return decision(present, client -> client.simpleReenroll(request, key));
    }

    private Decided decision(ClientIdentity identity, Operation operation)
            throws FaultException, FinalException, InterruptedException {
        return decision(() -> new EstClient(server, Optional.of(identity), clock), operation);
    }

    private Decided decision(Supplier<EstClient> connecting, Operation operation)
            throws FaultException, FinalException, InterruptedException {
        var undecided = new AtomicBoolean();
        try {
            return patience.untilDone(() -> {
                undecided.set(false);
                return switch (operation.send(connecting.get())) {
                    case Decided decided -> decided;
                    case EnrollmentAnswer.Later later -> {
                        undecided.set(true);
                        throw new FaultException(
                                "The EST server at " + server.address() + " has no decision yet (202).",
                                Optional.of(later.retryAfter()));
                    }
                };
            });
        } catch (FaultException fault) {
            if (undecided.get()) {
                throw new UndecidedException(String.valueOf(fault.getMessage()), fault);
            }
            throw fault;
        }
    }

    @FunctionalInterface
    private interface Operation {
        EnrollmentAnswer send(EstClient client) throws FaultException, UntrustedServerException;
    }
}
