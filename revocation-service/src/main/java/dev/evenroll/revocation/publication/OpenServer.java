package dev.evenroll.revocation.publication;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An HTTP server in clear text for what the CA has signed: TLS would make checking one certificate depend on checking
/// another.
final class OpenServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int IDLE_SECONDS = 30;

    private final HttpServer server;
    private final String properties;
    private final String address;

    /// A server that does not listen yet.
    ///
    /// @param properties names of the properties that host and port come from
    OpenServer(Vertx vertx, String properties, String host, int port, Handler<HttpServerRequest> requests) {
        this.properties = properties;
        this.address = host + ":" + port;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(requests);
    }

    /// Begins to listen.
    ///
    /// @throws UnusableAddressException when the address can not be listened on, with what to do
    void start() throws UnusableAddressException, InterruptedException {
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnusableAddressException(
                    properties + ": the address " + address + " can not be listened on ("
                            + (e.getCause() == null ? "no answer" : e.getCause().getMessage())
                            + "). Free it, or set another one; certificates name it.",
                    e);
        }
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
