package dev.evenroll.revocation.connection.http;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.revocation.connection.TrustBundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Serves the trust bundle, and tells who waits that it has changed.
///
/// ```
/// GET /trust-bundle                     200 application/x-pem-file, or application/json where Accept says so
///   If-None-Match: "<version>"          304 when that is the present one
///   Prefer: wait=<seconds>              with it (RFC 7240 section 4.3): 200 as soon as it changes, 304 when it does
/// not
/// ```
///
/// All fields belong to one event loop.
final class TrustBundleRequests {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,3})(?:$|[,;\\s])");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    /// More are answered at once.
    private static final int MOST_WAITING = 100;

    private final Vertx vertx;
    private final Supplier<TrustBundle> bundle;
    private final Set<Waiting> waiting = new HashSet<>();
    private String told;

    /// @param bundle the present one
    TrustBundleRequests(Vertx vertx, Supplier<TrustBundle> bundle) {
        this.vertx = vertx;
        this.bundle = bundle;
        this.told = bundle.get().version();
    }

    /// A request that is answered later. Compared by identity.
    private static final class Waiting {
        private final HttpServerRequest request;
        private final long timer;

        Waiting(HttpServerRequest request, long timer) {
            this.request = request;
            this.timer = timer;
        }
    }

    void answer(HttpServerRequest request) {
        var present = bundle.get();
        if (!etag(present).equals(request.getHeader("If-None-Match"))) {
            serve(request, present);
            return;
        }
        long wait = wait(request);
        if (wait == 0 || waiting.size() >= MOST_WAITING) {
            unchanged(request, present);
        } else {
            hold(request, wait);
        }
    }

    /// Answers those who wait, when the bundle has changed. To be called every moment.
    void look() {
        var present = bundle.get();
        if (present.version().equals(told)) {
            return;
        }
        told = present.version();
        for (var each : Set.copyOf(waiting)) {
            if (leave(each)) {
                serve(each.request, present);
            }
        }
    }

    private void hold(HttpServerRequest request, long millis) {
        var held = new Waiting[1];
        long timer = vertx.setTimer(millis, over -> {
            var each = held[0];
            if (each != null && leave(each)) {
                unchanged(request, bundle.get());
            }
        });
        var each = new Waiting(request, timer);
        held[0] = each;
        waiting.add(each);
        request.response().closeHandler(gone -> leave(each));
    }

    /// Whether it was still waiting.
    private boolean leave(Waiting each) {
        vertx.cancelTimer(each.timer);
        return waiting.remove(each);
    }

    private static long wait(HttpServerRequest request) {
        var preferred = WAIT.matcher(String.join(",", request.headers().getAll("Prefer")));
        return preferred.find()
                ? Math.min(
                        Duration.ofSeconds(Long.parseLong(preferred.group(1))).toMillis(), LONGEST_WAIT.toMillis())
                : 0;
    }

    private static String etag(TrustBundle bundle) {
        return "\"" + bundle.version() + "\"";
    }

    private static void unchanged(HttpServerRequest request, TrustBundle bundle) {
        request.response().setStatusCode(304).putHeader("ETag", etag(bundle)).end();
    }

    private static void serve(HttpServerRequest request, TrustBundle bundle) {
        request.response().putHeader("ETag", etag(bundle)).putHeader("Vary", "Accept");
        var accept = request.getHeader("Accept");
        if (accept != null && accept.contains("application/json")) {
            Answers.send(request, "application/json", Buffer.buffer(json(bundle).encode()));
        } else {
            Answers.send(request, "application/x-pem-file", Buffer.buffer(bundle.pem()));
        }
    }

    private static JsonObject json(TrustBundle bundle) {
        var certificates = new JsonArray();
        for (var member : bundle.members()) {
            var certificate = member.certificate();
            certificates.add(new JsonObject()
                    .put("role", member.role().toString())
                    .put("subject", Certificates.subject(certificate))
                    .put("notBefore", certificate.getNotBefore().toInstant().toString())
                    .put("notAfter", certificate.getNotAfter().toInstant().toString())
                    .put("sha256", Certificates.sha256(certificate))
                    .put("pem", Pem.encode(certificate)));
        }
        return new JsonObject().put("version", bundle.version()).put("certificates", certificates);
    }
}
