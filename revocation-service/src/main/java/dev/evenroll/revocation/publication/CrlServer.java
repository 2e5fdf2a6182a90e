package dev.evenroll.revocation.publication;

import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.PublishedCrl;
import dev.evenroll.revocation.crl.PublishedCrls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int IDLE_SECONDS = 30;
    /// A revocation reaches caches within this, and a minute is promised.
    private static final long LONGEST_AGE_SECONDS = 30;

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final HttpServer server;
    private final String address;
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
        this.address = host + ":" + port;
        this.published = published;
        this.clock = clock;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost(host)
                                .setPort(port)
                                .setIdleTimeout(IDLE_SECONDS)
                                .setHttp2ClearTextEnabled(false))
                .requestHandler(this::answer);
    }

    /// Begins to listen.
    ///
    /// @throws UnusableAddressException when the address can not be listened on, with what to do
    public void start() throws UnusableAddressException, InterruptedException {
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnusableAddressException(
                    "evenroll.crl.host, evenroll.crl.port: the address " + address + " can not be listened on ("
                            + (e.getCause() == null ? "no answer" : e.getCause().getMessage())
                            + "). Free it, or set another one; certificates name it.",
                    e);
        }
    }

    /// The port that it listens on.
    public int port() {
        return server.actualPort();
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
            say(
                    request,
                    404,
                    "There is nothing here. Revocation lists are at /crl/<issuer key id>-<shard>.crl,"
                            + " renewal information at /renewal-info/<certificate>.");
            return;
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("Allow", "GET, HEAD");
            say(request, 405, "Revocation lists can be fetched with GET, and nothing else.");
            return;
        }
        var file = name.substring(PREFIX.length(), Math.max(PREFIX.length(), name.length() - SUFFIX.length()));
        var list = CrlName.parse(file)
                .filter(each -> published.shards().contains(new CrlShard(each.issuerKeyId(), each.shard())));
        if (list.isEmpty()) {
            say(
                    request,
                    404,
                    "This service has no such revocation list. The address is in the certificate's CRL"
                            + " distribution point.");
            return;
        }
        published.find(list.get()).ifPresentOrElse(crl -> serve(request, rendering(crl)), () -> {
            request.response().putHeader("Retry-After", "1");
            say(request, 503, "This revocation list is not signed yet. Ask again in a second.");
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
                .putHeader("Last-Modified", HTTP_DATE.format(crl.thisUpdate()))
                .putHeader("Expires", HTTP_DATE.format(crl.nextUpdate()))
                .putHeader("Cache-Control", "max-age=" + maxAge(crl));
        if (unchanged(request, rendering)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", "application/pkix-crl");
        send(request, response, rendering.body());
    }

    private long maxAge(PublishedCrl crl) {
        var left = ChronoUnit.SECONDS.between(clock.instant(), crl.nextUpdate());
        return Math.clamp(left, 0, LONGEST_AGE_SECONDS);
    }

    /// RFC 9110 section 13.2.2: If-None-Match decides; If-Modified-Since counts only without it.
    private static boolean unchanged(HttpServerRequest request, Rendering rendering) {
        var tags = request.getHeader("If-None-Match");
        if (tags != null) {
            for (var tag : tags.split(",", -1)) {
                var bare = tag.strip();
                if (bare.equals("*") || bare.equals(rendering.etag()) || bare.equals("W/" + rendering.etag())) {
                    return true;
                }
            }
            return false;
        }
        return Optional.ofNullable(request.getHeader("If-Modified-Since"))
                .flatMap(CrlServer::httpDate)
                .filter(since -> !rendering.crl().thisUpdate().isAfter(since))
                .isPresent();
    }

    private static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(Instant.from(HTTP_DATE.parse(text)));
        } catch (DateTimeException e) {
            // RFC 9110 section 13.1.3: a date that can not be read is as good as none.
            return Optional.empty();
        }
    }

    static void say(HttpServerRequest request, int status, String sentence) {
        var response = request.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        send(request, response, Buffer.buffer(sentence + "\n"));
    }

    static void send(HttpServerRequest request, HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Length", Integer.toString(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
