package dev.evenroll.revocation.publication;

import dev.evenroll.revocation.ocsp.OcspResponder;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.InstantSource;

/// Answers OCSP over plain HTTP (RFC 6960 appendix A, RFC 5019).
///
/// ```
/// POST /ocsp                  the request as application/ocsp-request
/// GET  /ocsp/<request>        the request in base64, percent-encoded
///                             200 application/ocsp-response, also for the errors of OCSP | 400 | 405 | 413
/// ```
///
/// `/ocsp` may be left out.
public final class OcspServer implements AutoCloseable {

    /// Few: each is a look-up and a signature, and none waits for another replica.
    private static final int WORKERS = 8;

    private final WorkerExecutor workers;
    private final OpenServer server;

    /// A server that does not listen yet.
    public OcspServer(
            Vertx vertx, String host, int port, OcspResponder responder, MeterRegistry metrics, InstantSource clock) {
        this.workers = vertx.createSharedWorkerExecutor("ocsp", WORKERS);
        var requests = new OcspRequests(workers, responder, new OcspMeters(metrics), clock);
        this.server = new OpenServer(vertx, "evenroll.ocsp.host, evenroll.ocsp.port", host, port, requests::answer);
    }

    /// Begins to listen.
    ///
    /// @throws UnusableAddressException when the address can not be listened on, with what to do
    public void start() throws UnusableAddressException, InterruptedException {
        server.start();
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        workers.close();
    }
}
