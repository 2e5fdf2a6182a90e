package dev.evenroll.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// The EST server on its port. One event loop for each processor.
public final class EstServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /// Where it listens and who it is.
    ///
    /// @param host address or name to listen on
    /// @param port TCP port; 0 for any that is free
    /// @param credential what it proves itself with
    /// @param requestLimit time for a client to bring one complete request
    /// @param answerLimit longest time that the service keeps a request waiting
    public record Settings(
            String host, int port, ServerCredential credential, Duration requestLimit, Duration answerLimit) {

        public Settings {
            if (host.isBlank()) {
                throw new IllegalArgumentException(
                        "evenroll.est.host: is empty; give the address to listen on, for example 0.0.0.0.");
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "evenroll.est.port: " + port + " is not a port; give a number from 1 to 65535.");
            }
        }
    }

    private final Vertx vertx;
    private final Settings settings;
    private final String deployment;
    private final int port;

    private EstServer(Vertx vertx, Settings settings, String deployment, int port) {
        this.vertx = vertx;
        this.settings = settings;
        this.deployment = deployment;
        this.port = port;
    }

    /// Listens; returns when it does.
    ///
    /// @throws IllegalStateException when it can not listen there
    public static EstServer start(
            Vertx vertx,
            Settings settings,
            EstService service,
            JobService jobs,
            MeterRegistry registry,
            InstantSource clock) {
        var options = TlsProfile.options(settings);
        if (settings.port() == 0) {
            // Any free port, the same one for all event loops: Vert.x knows the sharers by a negative number.
            options.setPort(-1);
        }
        var port = new AtomicInteger();
        var metrics = new EdgeMetrics(registry);
        var deployed = vertx.deployVerticle(
                () -> new EstVerticle(options, settings.requestLimit(), service, jobs, metrics, clock, port::set),
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()));
        try {
            return new EstServer(vertx, settings, await(deployed, START_LIMIT), port.get());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "The EST server can not listen on " + settings.host() + ":" + settings.port() + " ("
                            + e.getMessage() + "); set evenroll.est.host and evenroll.est.port to a free port.",
                    e);
        }
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// Connects to itself as a device would, so that no device pays for the first handshake of this process.
    ///
    /// @throws IllegalStateException when that fails: no device could connect either
    public void warmUp() {
        SelfConnection.make(settings.host(), port, settings.credential());
    }

    @Override
    public void close() {
        try {
            await(vertx.undeploy(deployment), STOP_LIMIT);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The EST server did not stop; its process has to end.", e);
        }
    }

    private static <T> T await(Future<T> future, Duration limit) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the EST server starts or stops.", e);
        }
    }
}
