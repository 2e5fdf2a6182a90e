package dev.evenroll.revocation.publication;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.revocation.ocsp.OcspResponder;
import dev.evenroll.revocation.ocsp.Peers;
import dev.evenroll.revocation.ocsp.Reply;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One OCSP request after the other, as HTTP.
final class OcspRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OcspRequests.class);

    private static final String PATH = "/ocsp";
    /// A status reaches those behind a cache within this; within 5 s of the revocation is promised.
    private static final long LONGEST_AGE_SECONDS = 2;

    private final WorkerExecutor workers;
    private final OcspResponder responder;
    private final Peers peers;
    private final OcspMeters meters;
    private final InstantSource clock;

    OcspRequests(WorkerExecutor workers, OcspResponder responder, Peers peers, OcspMeters meters, InstantSource clock) {
        this.workers = workers;
        this.responder = responder;
        this.peers = peers;
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
            fail(request, meters.begin(), OcspError.MALFORMED_REQUEST);
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
            fail(request, begun, OcspError.MALFORMED_REQUEST);
            return;
        }
        boolean passedOn = request.getHeader(HttpPeers.PASSED_ON) != null;
        // A store is on a disk, and a signature takes its time: not on the event loop.
        workers.executeBlocking(() -> responder.answer(asked, passedOn), false)
                .onSuccess(reply -> reply(request, begun, asked, reply))
                .onFailure(cause -> {
                    LOG.atError().setCause(cause).log("An OCSP request is not answered");
                    fail(request, begun, OcspError.INTERNAL_ERROR);
                });
    }

    private void reply(HttpServerRequest request, Timer.Sample begun, OcspRequest asked, Reply reply) {
        switch (reply) {
            case Reply.Common common -> {
                meters.answered(begun);
                common(request, common);
            }
            case Reply.Single(var der) -> {
                meters.answered(begun);
                unkept(request, der.bytes());
            }
            case Reply.Failed(var error) -> fail(request, begun, error);
            case Reply.Elsewhere(var replica) -> passOn(request, begun, asked, replica);
        }
    }

    private void passOn(HttpServerRequest request, Timer.Sample begun, OcspRequest asked, URI replica) {
        Future.fromCompletionStage(peers.ask(replica, asked))
                .onSuccess(der -> {
                    meters.passedOn(begun);
                    unkept(request, der);
                })
                .onFailure(cause -> {
                    LOG.atWarn()
                            .addKeyValue("replica", replica)
                            .addKeyValue("reason", cause.toString())
                            .log("Another replica does not answer an OCSP request; the client is told to try later");
                    fail(request, begun, OcspError.TRY_LATER);
                });
    }

    /// With the header fields of RFC 5019 section 6.2.
    private void common(HttpServerRequest request, Reply.Common reply) {
        var etag = "\"" + reply.der().sha256Hex().substring(0, 32) + "\"";
        var left = ChronoUnit.SECONDS.between(clock.instant(), reply.nextUpdate());
        var response = request.response()
                .putHeader("ETag", etag)
                .putHeader("Last-Modified", Answers.httpDate(reply.thisUpdate()))
                .putHeader("Expires", Answers.httpDate(reply.nextUpdate()))
                .putHeader(
                        "Cache-Control",
                        "max-age=" + Math.clamp(left, 0, LONGEST_AGE_SECONDS)
                                + ", public, no-transform, must-revalidate");
        if (request.method().equals(HttpMethod.GET)
                && Answers.unchanged(request, etag, reply.thisUpdate().truncatedTo(ChronoUnit.SECONDS))) {
            response.setStatusCode(304).end();
        } else {
            send(request, response, reply.der().bytes());
        }
    }

    private void fail(HttpServerRequest request, Timer.Sample begun, OcspError error) {
        meters.failed(begun, error);
        unkept(request, error.encoded());
    }

    private static void unkept(HttpServerRequest request, byte[] der) {
        send(request, request.response().putHeader("Cache-Control", "no-store"), der);
    }

    private static void send(HttpServerRequest request, HttpServerResponse response, byte[] der) {
        Answers.send(request, response.putHeader("Content-Type", "application/ocsp-response"), Buffer.buffer(der));
    }
}
