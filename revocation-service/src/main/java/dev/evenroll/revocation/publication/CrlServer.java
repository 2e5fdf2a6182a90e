package dev.evenroll.revocation.publication;

import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.PublishedCrl;
import dev.evenroll.revocation.crl.PublishedCrls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Serves revocation lists over plain HTTP, the way RFC 5280 section 4.2.1.13 and RFC 2585 section 4
/// foresee: lists are signed, and TLS would make checking one certificate depend on checking another.
///
/// ```
/// GET|HEAD /crl/<issuerKeyId>-<shard>.crl         200 application/pkix-crl | 304 | 404 | 503 with Retry-After
/// GET|HEAD /crl/<issuerKeyId>-<shard>-delta.crl   the same
/// GET|HEAD /renewal-info/<id>                     200 application/json | 404 | 503, see RenewalInfoRequests
/// ```
///
/// A list past its nextUpdate is still served: relying parties see for themselves that it has ended, and a
/// missing one would tell less.
public final class CrlServer implements AutoCloseable {

    private static final String PREFIX = "/crl/";
    private static final String SUFFIX = ".crl";
    /// A revocation reaches caches within this, and a minute is promised.
    private static final long LONGEST_AGE_SECONDS = 30;

    private final OpenServer server;
    private final PublishedCrls published;
    private final RenewalInfoRequests renewals;
    private final InstantSource clock;
    private final Map<CrlName, Rendering> renderings = new ConcurrentHashMap<>();

    /// A list as it goes over the wire, made once.
    private record Rendering(PublishedCrl crl, Buffer body, String etag) {

        static Rendering of(PublishedCrl crl) {
            var etag = "\"" + crl.number() + "-" + crl.der().sha256Hex().substring(0, 16) + "\"";
            return new Rendering(crl, Buffer.buffer(crl.der().bytes()), etag);
        }
    }

    /// A server that does not listen yet.
    public CrlServer(
            Vertx vertx, String host, int port, PublishedCrls published, RenewalSource renewals, InstantSource clock) {
        this.renewals = new RenewalInfoRequests(vertx, renewals);
        this.published = published;
        this.clock = clock;
        this.server = new OpenServer(vertx, "evenroll.crl.host, evenroll.crl.port", host, port, this::answer);
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
    }

    private void answer(HttpServerRequest request) {
        var name = request.path();
        if (name != null && name.startsWith(RenewalInfoRequests.PREFIX)) {
            renewals.answer(request, name.substring(RenewalInfoRequests.PREFIX.length()));
            return;
        }
        if (name == null || !name.startsWith(PREFIX) || !name.endsWith(SUFFIX) || name.length() <= PREFIX.length()) {
            Answers.say(
                    request,
                    404,
                    "There is nothing here. Revocation lists are at /crl/<issuer key id>-<shard>.crl,"
                            + " renewal information at /renewal-info/<certificate>.");
            return;
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("Allow", "GET, HEAD");
            Answers.say(request, 405, "Revocation lists can be fetched with GET, and nothing else.");
            return;
        }
        var file = name.substring(PREFIX.length(), Math.max(PREFIX.length(), name.length() - SUFFIX.length()));
        var list = CrlName.parse(file)
                .filter(each -> published.shards().contains(new CrlShard(each.issuerKeyId(), each.shard())));
        if (list.isEmpty()) {
            Answers.say(
                    request,
                    404,
                    "This service has no such revocation list. The address is in the certificate's CRL"
                            + " distribution point.");
            return;
        }
        published.find(list.get()).ifPresentOrElse(crl -> serve(request, rendering(crl)), () -> {
            request.response().putHeader("Retry-After", "1");
            Answers.say(request, 503, "This revocation list is not signed yet. Ask again in a second.");
        });
    }

    private Rendering rendering(PublishedCrl crl) {
        return renderings.compute(
                crl.name(), (name, last) -> last != null && last.crl().equals(crl) ? last : Rendering.of(crl));
    }

    private void serve(HttpServerRequest request, Rendering rendering) {
        var crl = rendering.crl();
        var response = request.response()
                .putHeader("ETag", rendering.etag())
                .putHeader("Last-Modified", Answers.httpDate(crl.thisUpdate()))
                .putHeader("Expires", Answers.httpDate(crl.nextUpdate()))
                .putHeader("Cache-Control", "max-age=" + maxAge(crl));
        if (Answers.unchanged(request, rendering.etag(), crl.thisUpdate())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", "application/pkix-crl");
        Answers.send(request, response, rendering.body());
    }

    private long maxAge(PublishedCrl crl) {
        var left = ChronoUnit.SECONDS.between(clock.instant(), crl.nextUpdate());
        return Math.clamp(left, 0, LONGEST_AGE_SECONDS);
    }
}
