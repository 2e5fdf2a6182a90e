package dev.evenroll.revocation.publication;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.revocation.ocsp.OcspResponder;
import dev.evenroll.revocation.ocsp.Reply;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One OCSP request after the other, as HTTP.
final class OcspRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OcspRequests.class);

    private static final String PATH = "/ocsp";
    /// A status reaches those behind a cache within this; within 5 s of the revocation is promised.
    private static final long LONGEST_AGE_SECONDS = 2;

    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);
    /// More would wait for longer than their clients do.
    private static final int MOST_WAITING = 2_000;

    private static final Reply.Failed MALFORMED =
            new Reply.Failed(OcspError.MALFORMED_REQUEST, "The request can not be read.");

    private final WorkerExecutor workers;
    private final OcspResponder responder;
    private final OcspMeters meters;
    private final InstantSource clock;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<Instant> warnedAt = new AtomicReference<>(Instant.MIN);

    OcspRequests(WorkerExecutor workers, OcspResponder responder, OcspMeters meters, InstantSource clock) {
        this.workers = workers;
        this.responder = responder;
        this.meters = meters;
        this.clock = clock;
    }

    void answer(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            post(request);
        } else if (request.method().equals(HttpMethod.GET)) {
            get(request);
        } else {
            request.response().putHeader("Allow", "GET, POST");
            Answers.say(request, 405, "OCSP is asked with POST, or with GET and the request in the path (RFC 6960).");
        }
    }

    private void post(HttpServerRequest request) {
        var body = Buffer.buffer();
        request.handler(part -> {
            // What is too long is read to its end, so that its sender reads the answer; it is not kept.
            if (body.length() <= OcspRequest.LONGEST) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (body.length() > OcspRequest.LONGEST) {
                Answers.say(
                        request,
                        413,
                        "The request has more than " + OcspRequest.LONGEST + " bytes; ask about fewer certificates.");
            } else {
                answer(request, body.getBytes());
            }
        });
    }

    private void get(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "/");
        var encoded = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : path.substring(1);
        if (encoded.isEmpty() || encoded.equals(PATH.substring(1))) {
            Answers.say(
                    request,
                    400,
                    "This is an OCSP responder: POST the request, or GET /ocsp/ and the request in base64,"
                            + " percent-encoded (RFC 6960 appendix A.1).");
            return;
        }
        byte[] der;
        try {
            // A plus stands for itself in a path, and is one of base64's.
            der = Base64.getDecoder()
                    .decode(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            fail(request, meters.begin(), MALFORMED);
            return;
        }
        answer(request, der);
    }

    private void answer(HttpServerRequest request, byte[] der) {
        var begun = meters.begin();
        OcspRequest asked;
        try {
            asked = OcspRequest.read(der);
        } catch (MalformedException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("An OCSP request can not be read");
            fail(request, begun, MALFORMED);
            return;
        }
        if (waiting.get() >= MOST_WAITING) {
            fail(request, begun, new Reply.Failed(OcspError.TRY_LATER, "Too many requests wait."));
            return;
        }
        waiting.incrementAndGet();
        boolean passedOn = request.getHeader(HttpPeers.PASSED_ON) != null;
        // A store is on a disk, and a signature takes its time: not on the event loop.
        workers.executeBlocking(() -> responder.answer(asked, passedOn), false)
                .compose(reply -> reply instanceof Reply.Awaited(var later)
                        ? Future.fromCompletionStage(later)
                        : Future.succeededFuture(reply))
                .onComplete(_ -> waiting.decrementAndGet())
                .onSuccess(reply -> reply(request, begun, reply))
                .onFailure(cause -> {
                    LOG.atError().setCause(cause).log("An OCSP request is not answered");
                    fail(request, begun, new Reply.Failed(OcspError.INTERNAL_ERROR, cause.toString()));
                });
    }

    private void reply(HttpServerRequest request, Timer.Sample begun, Reply reply) {
        switch (reply) {
            case Reply.Cacheable cacheable -> {
                meters.answered(begun, List.of(cacheable.single()));
                cacheable(request, cacheable);
            }
            case Reply.Uncacheable(var der, var singles) -> {
                meters.answered(begun, singles);
                unkept(request, der.bytes());
            }
            case Reply.Failed failed -> fail(request, begun, failed);
            case Reply.Awaited _ -> throw new IllegalStateException("Who is awaited does not await.");
        }
    }

    /// With the header fields of RFC 5019 section 6.2. Expires is what an old cache goes by, so it says no more than
    /// max-age. Only the ETag tells whether a client has the answer: two of one second may differ.
    private void cacheable(HttpServerRequest request, Reply.Cacheable reply) {
        var etag = "\"" + reply.der().sha256Hex().substring(0, 32) + "\"";
        var now = clock.instant();
        var age = Math.clamp(ChronoUnit.SECONDS.between(now, reply.single().nextUpdate()), 0, LONGEST_AGE_SECONDS);
        var response = request.response()
                .putHeader("ETag", etag)
                .putHeader("Last-Modified", Answers.httpDate(reply.single().thisUpdate()))
                .putHeader("Expires", Answers.httpDate(now.plusSeconds(age)))
                .putHeader("Cache-Control", "max-age=" + age + ", public, no-transform, must-revalidate");
        if (request.method().equals(HttpMethod.GET) && Answers.hasTag(request, etag)) {
            response.setStatusCode(304).end();
        } else {
            send(request, response, reply.der().bytes());
        }
    }

    private void fail(HttpServerRequest request, Timer.Sample begun, Reply.Failed failed) {
        meters.failed(begun, failed.error());
        if (failed.error() == OcspError.TRY_LATER || failed.error() == OcspError.INTERNAL_ERROR) {
            warn(failed);
        }
        unkept(request, failed.error().encoded());
    }

    /// Once in a while: clients ask again and again.
    private void warn(Reply.Failed failed) {
        var now = clock.instant();
        var last = warnedAt.get();
        if ((now.isBefore(last) || !now.isBefore(last.plus(BETWEEN_WARNINGS))) && warnedAt.compareAndSet(last, now)) {
            LOG.atWarn()
                    .addKeyValue("error", failed.error())
                    .addKeyValue("reason", failed.reason())
                    .log("OCSP requests are not answered now; there may be more than this one");
        }
    }

    private static void unkept(HttpServerRequest request, byte[] der) {
        send(request, request.response().putHeader("Cache-Control", "no-store"), der);
    }

    private static void send(HttpServerRequest request, HttpServerResponse response, byte[] der) {
        Answers.send(request, response.putHeader("Content-Type", "application/ocsp-response"), Buffer.buffer(der));
    }
}
