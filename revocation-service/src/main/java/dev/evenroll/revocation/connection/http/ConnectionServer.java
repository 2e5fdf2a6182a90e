package dev.evenroll.revocation.connection.http;

import dev.evenroll.revocation.connection.ConnectionAuthorization;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.TrustBundle;
import dev.evenroll.revocation.publication.UnusableAddressException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator's TLS front asks, over plain HTTP: it stands beside the front, and nobody else may reach it.
///
/// ```
/// *    /authorize/nginx           X-SSL-Client-Cert, X-Original-URI      204 | 400 | 403 | 503
/// *    /authorize/envoy/<target>  X-Forwarded-Client-Cert                the same
/// POST /authorize?identity=<id>   body: PEM                              the same; with &check=true, a person asks
/// GET  /trust-bundle              see TrustBundleRequests                200 | 304
/// ```
///
/// 204 has `X-Device-Id` and `X-Certificate-Serial`; 403 has `X-Refusal-Reason`, and like all others a JSON object with
/// `reason` and `message`.
public final class ConnectionServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionServer.class);

    private static final int LIMIT_SECONDS = 10;
    /// Longer than who waits for a new trust bundle is left waiting.
    private static final int IDLE_SECONDS = 180;

    private static final int HEADER_BYTES = 32 * 1024;
    private static final int EVENT_LOOPS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private static final AtomicInteger SHARERS = new AtomicInteger();

    private final Vertx vertx;
    private final HttpServerOptions options;
    private final AuthorizationRequests authorizations;
    private final Supplier<TrustBundle> bundle;
    private volatile int port;
    private @Nullable String deployment;

    /// A server that does not listen yet.
    ///
    /// @param bundle the present trust bundle
    /// @param uses takes each device that is let in, with its certificate
    /// @param refusals takes each refusal, to be reported
    public ConnectionServer(
            Vertx vertx,
            String host,
            int port,
            ConnectionAuthorization authorization,
            Supplier<TrustBundle> bundle,
            Consumer<Authorized> uses,
            Consumer<Refused> refusals,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.options = new HttpServerOptions()
                .setHost(host)
                // Any free port, the same one for all event loops: Vert.x knows the sharers by a negative number.
                .setPort(port == 0 ? SHARERS.decrementAndGet() : port)
                .setMaxHeaderSize(HEADER_BYTES)
                // Fronts speak HTTP/1.1 here; the way up from it to HTTP/2 would merge headers that came twice.
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
        this.authorizations = new AuthorizationRequests(authorization, uses, refusals, metrics);
        this.bundle = bundle;
    }

    /// Begins to listen.
    ///
    /// @throws UnusableAddressException when the address can not be listened on, with what to do
    public void start() throws UnusableAddressException, InterruptedException {
        try {
            deployment = vertx.deployVerticle(
                            () -> new ConnectionVerticle(options, authorizations, bundle, actual -> port = actual),
                            new DeploymentOptions().setInstances(EVENT_LOOPS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnusableAddressException(
                    "evenroll.connection.host, evenroll.connection.port: the address " + options.getHost() + ":"
                            + options.getPort() + " can not be listened on ("
                            + (e.getCause() == null ? "no answer" : e.getCause().getMessage())
                            + "). Free it, or set another one and tell the TLS front.",
                    e);
        }
    }

    /// The port that it listens on.
    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (deployment == null) {
            return;
        }
        try {
            vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("The server of connection authorization did not close by itself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
