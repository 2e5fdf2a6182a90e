package dev.evenroll.revocation.connection.http;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.revocation.connection.ConnectionAuthorization;
import dev.evenroll.revocation.connection.ConnectionOutcome;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.ConnectionOutcome.Unanswerable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers whether a device may connect, in the words of each TLS front.
///
/// Each front has a path of its own, and of a request only that is believed which this front sets: a client could send
/// the header of another one along.
final class AuthorizationRequests {

    private static final String ORIGINAL_URI = "X-Original-URI";
    private static final String NONE = "none";

    private final ConnectionAuthorization authorization;
    private final Consumer<Authorized> uses;
    private final Consumer<Refused> refusals;
    private final MeterRegistry metrics;

    /// @param refusals takes each refusal, to be reported
    AuthorizationRequests(
            ConnectionAuthorization authorization,
            Consumer<Authorized> uses,
            Consumer<Refused> refusals,
            MeterRegistry metrics) {
        this.authorization = authorization;
        this.uses = uses;
        this.refusals = refusals;
        this.metrics = metrics;
    }

    /// What a request asks.
    ///
    /// @param connecting whether a device connects; else a person wants to know
    private record Question(Optional<X509Certificate> certificate, Optional<String> identity, boolean connecting) {}

    /// Takes a question out of a request.
    private interface Reading {
        Question read() throws MalformedException;
    }

    /// The subrequest of nginx's `auth_request`.
    void nginx(HttpServerRequest request) {
        answer(
                request,
                () -> new Question(
                        PresentedCertificate.ofNginx(header(request, PresentedCertificate.NGINX_HEADER)),
                        OcppUrl.identity(header(request, ORIGINAL_URI)),
                        true));
    }

    /// The check of Envoy's `ext_authz` over HTTP.
    ///
    /// @param target the request target that the client sent
    void envoy(HttpServerRequest request, String target) {
        answer(
                request,
                () -> new Question(
                        PresentedCertificate.ofEnvoy(header(request, PresentedCertificate.ENVOY_HEADER)),
                        OcppUrl.identity(target),
                        true));
    }

    /// The question of a CSMS that ends TLS itself, or of a person.
    ///
    /// @param body PEM
    void direct(HttpServerRequest request, String body) {
        answer(request, () -> {
            var identity = request.getParam("identity");
            if (identity == null) {
                throw new MalformedException("identity", "is missing; ask with ?identity=<OCPP identity of the URL>");
            }
            return new Question(
                    Optional.of(PresentedCertificate.ofBody(body)),
                    OcppUrl.named(identity),
                    !"true".equals(request.getParam("check")));
        });
    }

    /// @return empty when the request has none
    private static String header(HttpServerRequest request, String name) throws MalformedException {
        var values = request.headers().getAll(name);
        if (values.size() > 1) {
            throw new MalformedException(name, "is there twice; let the front replace what comes from outside");
        }
        return values.isEmpty() ? "" : values.getFirst();
    }

    private void answer(HttpServerRequest request, Reading reading) {
        var begun = Timer.start(metrics);
        try {
            var question = reading.read();
            var outcome = authorization.authorize(question.certificate(), question.identity());
            say(request, outcome);
            switch (outcome) {
                case Authorized authorized -> {
                    count(begun, "authorized", NONE);
                    if (question.connecting()) {
                        uses.accept(authorized);
                    }
                }
                case Refused refused -> {
                    count(begun, "refused", refused.reason().code());
                    refusals.accept(refused);
                }
                case Unanswerable _ -> count(begun, "unanswerable", NONE);
            }
        } catch (MalformedException e) {
            Answers.problem(request, 400, "malformed", String.valueOf(e.getMessage()));
            count(begun, "malformed", NONE);
        }
    }

    private static void say(HttpServerRequest request, ConnectionOutcome outcome) {
        switch (outcome) {
            case Authorized(var device, var certificate) ->
                request.response()
                        .setStatusCode(204)
                        .putHeader("Cache-Control", "no-store")
                        .putHeader("X-Device-Id", device.value())
                        .putHeader("X-Certificate-Serial", certificate.serialNumber())
                        .end();
            case Refused(var reason, var message, var _) -> {
                request.response().putHeader("X-Refusal-Reason", reason.code());
                Answers.problem(request, 403, reason.code(), message);
            }
            case Unanswerable(var problem) -> {
                request.response().putHeader("Retry-After", "5");
                Answers.problem(request, 503, "not-ready", problem);
            }
        }
    }

    private void count(Timer.Sample begun, String outcome, String reason) {
        begun.stop(Timer.builder("evenroll.connection.authorization")
                .description("Answers to whether a device may connect")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(metrics));
    }
}
