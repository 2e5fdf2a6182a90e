package dev.evenroll.gateway.http;

import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.est.EstTarget;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One event loop of the EST server and the connections that it serves. All fields belong to that event loop.
final class EstVerticle extends AbstractVerticle {

    private static final String NO_OPERATION = "none";

    private final HttpServerOptions options;
    private final Duration requestLimit;
    private final EstService service;
    private final JobService jobs;
    private final EdgeMetrics metrics;
    private final InstantSource clock;
    private final IntConsumer listening;
    private final Map<HttpConnection, ConnectionDeadline> deadlines = new HashMap<>();
    private @Nullable HttpServer server;

    /// @param requestLimit time for a client to bring one complete request
    /// @param listening told the port, once it listens
    EstVerticle(
            HttpServerOptions options,
            Duration requestLimit,
            EstService service,
            JobService jobs,
            EdgeMetrics metrics,
            InstantSource clock,
            IntConsumer listening) {
        this.options = options;
        this.requestLimit = requestLimit;
        this.service = service;
        this.jobs = jobs;
        this.metrics = metrics;
        this.clock = clock;
        this.listening = listening;
    }

    @Override
    public void start(Promise<Void> started) {
        var opening = vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .requestHandler(this::requested)
                .invalidRequestHandler(this::undecodable);
        server = opening;
        opening.listen()
                .onSuccess(listener -> listening.accept(listener.actualPort()))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    @Override
    public void stop(Promise<Void> stopped) {
        if (server == null) {
            stopped.complete();
        } else {
            server.close().onComplete(stopped);
        }
    }

    private void connected(HttpConnection connection) {
        var deadline = new ConnectionDeadline(vertx, requestLimit);
        deadlines.put(connection, deadline);
        connection.closeHandler(_ -> {
            deadline.lift();
            deadlines.remove(connection);
        });
        deadline.forRequest(connection::close);
    }

    private void requested(HttpServerRequest request) {
        // RFC 9112 section 3.2.
        if (request.version() == HttpVersion.HTTP_1_1
                && request.headers().getAll(HttpHeaders.HOST).size() != 1) {
            exchange(request, NO_OPERATION)
                    .answer(EstResponse.text(
                            EstOutcome.MALFORMED,
                            "The request has not exactly one Host field (RFC 9112 section 3.2); send one with the"
                                    + " name of this server."));
            return;
        }
        var path = request.path();
        var job = JobTarget.parse(path == null ? "" : path);
        if (job.isPresent()) {
            var exchange = exchange(request, job.get().label());
            exchange.guarded(() -> jobs.handle(job.get(), exchange));
            return;
        }
        switch (EstTarget.parse(path == null ? "" : path)) {
            case EstTarget.Unknown(var reason) ->
                exchange(request, NO_OPERATION).answer(EstResponse.text(EstOutcome.UNKNOWN_TARGET, reason));
            case EstTarget.Known target -> {
                var exchange = exchange(request, target.operation().segment());
                exchange.deadline(() -> exchange.answer(EstResponse.text(
                        EstOutcome.TOO_SLOW,
                        "The request did not arrive within " + requestLimit.toSeconds()
                                + " seconds; send it at once.")));
                exchange.guarded(() -> service.handle(target, exchange));
            }
        }
    }

    /// A request that is no HTTP, or exceeds the limits of the header; the connection is closed behind the
    /// answer.
    private void undecodable(HttpServerRequest request) {
        var exchange = exchange(request, NO_OPERATION);
        var cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            exchange.answerLast(EstResponse.text(
                    EstOutcome.URI_TOO_LONG,
                    "The request line is longer than " + options.getMaxInitialLineLength() + " bytes; shorten it."));
        } else if (cause instanceof TooLongHttpHeaderException) {
            exchange.answerLast(EstResponse.text(
                    EstOutcome.HEADERS_TOO_LARGE,
                    "The header is larger than " + options.getMaxHeaderSize() + " bytes; send fewer fields."));
        } else {
            exchange.answerLast(EstResponse.text(
                    EstOutcome.MALFORMED, "The request is not HTTP/1.1 (RFC 9112); check the client."));
        }
    }

    private Exchange exchange(HttpServerRequest request, String operation) {
        var begun = System.nanoTime();
        var deadline = deadlines.getOrDefault(request.connection(), new ConnectionDeadline(vertx, requestLimit));
        return new Exchange(
                request,
                context,
                deadline,
                clock,
                outcome -> metrics.answered(operation, outcome, Duration.ofNanos(System.nanoTime() - begun)));
    }
}
