package dev.evenroll.revocation.connection.http;

import dev.evenroll.revocation.connection.TrustBundle;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One event loop of the [ConnectionServer]. All fields belong to that event loop.
final class ConnectionVerticle extends AbstractVerticle {

    private static final String NGINX = "/authorize/nginx";
    private static final String ENVOY = "/authorize/envoy";
    private static final String DIRECT = "/authorize";
    private static final String TRUST_BUNDLE = "/trust-bundle";
    private static final long LOOK_MILLIS = 1_000;

    private final HttpServerOptions options;
    private final AuthorizationRequests authorizations;
    private final Supplier<TrustBundle> bundle;
    private final IntConsumer listening;
    private @Nullable TrustBundleRequests bundles;

    /// @param bundle the present trust bundle
    /// @param listening told the port, once it listens
    ConnectionVerticle(
            HttpServerOptions options,
            AuthorizationRequests authorizations,
            Supplier<TrustBundle> bundle,
            IntConsumer listening) {
        this.options = options;
        this.authorizations = authorizations;
        this.bundle = bundle;
        this.listening = listening;
    }

    /// The server ends with the verticle.
    @Override
    public void start(Promise<Void> started) {
        var serving = new TrustBundleRequests(vertx, bundle);
        bundles = serving;
        vertx.setPeriodic(LOOK_MILLIS, tick -> serving.look());
        vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .onSuccess(listener -> listening.accept(listener.actualPort()))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        var uri = request.uri();
        if (uri.equals(NGINX)) {
            authorizations.nginx(request);
        } else if (uri.startsWith(ENVOY + "/")) {
            authorizations.envoy(request, uri.substring(ENVOY.length()));
        } else if (DIRECT.equals(request.path())) {
            direct(request);
        } else if (uri.equals(TRUST_BUNDLE)) {
            bundle(request);
        } else {
            Answers.problem(
                    request,
                    404,
                    "not-found",
                    "There is nothing here. Ask at " + NGINX + ", " + ENVOY + "/, " + DIRECT + " or " + TRUST_BUNDLE
                            + ".");
        }
    }

    private void bundle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            Objects.requireNonNull(bundles).answer(request);
        } else {
            request.response().putHeader("Allow", "GET, HEAD");
            Answers.problem(request, 405, "method", "The trust bundle can be fetched with GET, and nothing else.");
        }
    }

    private void direct(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", "POST");
            Answers.problem(request, 405, "method", "Ask with POST, and the certificate in PEM as the body.");
            return;
        }
        var body = Buffer.buffer();
        request.handler(part -> {
            // What is too long is read to its end, so that its sender reads the answer; it is not kept.
            if (body.length() <= PresentedCertificate.LONGEST) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (body.length() > PresentedCertificate.LONGEST) {
                Answers.problem(
                        request,
                        413,
                        "too-large",
                        "body: has more than " + PresentedCertificate.LONGEST + " bytes; send the certificate alone.");
            } else {
                authorizations.direct(request, body.toString(StandardCharsets.ISO_8859_1));
            }
        });
    }
}
