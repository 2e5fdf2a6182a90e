package dev.evenroll.revocation.publication;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.RenewalIdentifier;
import dev.evenroll.revocation.device.RenewalWindow;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whoever holds a certificate when to renew it, in the form of RFC 9773 section 4: `GET /renewal-info/<id>`, the
/// id as of section 4.1, or our own certificate id.
///
/// Says nothing that would help a stranger: who knows the id has the certificate.
final class RenewalInfoRequests {

    static final String PREFIX = "/renewal-info/";

    private static final Logger LOG = LoggerFactory.getLogger(RenewalInfoRequests.class);

    /// When it is worth asking again (RFC 9773 section 4.3): often enough for one answer to move a fleet in a day.
    private static final Duration ASK_AGAIN_AFTER = Duration.ofHours(6);

    private final Vertx vertx;
    private final RenewalSource source;

    RenewalInfoRequests(Vertx vertx, RenewalSource source) {
        this.vertx = vertx;
        this.source = source;
    }

    void answer(HttpServerRequest request, String name) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("Allow", "GET, HEAD");
            Answers.say(request, 405, "Renewal information can be fetched with GET, and nothing else.");
            return;
        }
        var id = id(name);
        if (id.isEmpty()) {
            Answers.say(
                    request,
                    404,
                    "This names no certificate. Ask with base64url(authority key identifier), a dot and"
                            + " base64url(serial number), as RFC 9773 section 4.1 says.");
            return;
        }
        // A store is on a disk: not on the event loop.
        vertx.executeBlocking(() -> source.window(id.get()), false)
                .onSuccess(found -> found.ifPresentOrElse(
                        window -> say(request, window),
                        () -> Answers.say(request, 404, "The CA has not issued a certificate with this identifier.")))
                .onFailure(cause -> {
                    if (!(cause instanceof InventoryUnavailableException)) {
                        LOG.atError().setCause(cause).log("Renewal information can not be told");
                    }
                    unavailable(request);
                });
    }

    private static Optional<CertificateId> id(String name) {
        try {
            return Optional.of(name.contains(".") ? RenewalIdentifier.parse(name) : CertificateId.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void say(HttpServerRequest request, RenewalWindow window) {
        var body = new JsonObject()
                .put(
                        "suggestedWindow",
                        new JsonObject()
                                .put(
                                        "start",
                                        window.start()
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString())
                                .put(
                                        "end",
                                        window.end()
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString()))
                .toBuffer();
        var response = request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Retry-After", Long.toString(ASK_AGAIN_AFTER.toSeconds()));
        Answers.send(request, response, body);
    }

    private static void unavailable(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "5");
        Answers.say(request, 503, "This part of the inventory can not be read now. Ask again in a few seconds.");
    }
}
