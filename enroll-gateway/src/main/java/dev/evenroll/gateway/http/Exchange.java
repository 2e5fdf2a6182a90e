package dev.evenroll.gateway.http;

import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its one answer on the wire. Confined to the connection's event loop, but for [#onEventLoop].
///
/// Header and body leave in one write, with the header names in the case that libest expects. An answer that
/// is given before the request has been read ends the connection: what is left of the request is read for a
/// short while and thrown away, so that the answer is not lost to a reset.
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /// IMF-fixdate, RFC 9110 section 5.6.7.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final String CLOSE = "close";
    /// What is still read of a request that has been answered.
    private static final int LINGER_BYTES = 64 * 1024;

    private final HttpServerRequest request;
    private final Context eventLoop;
    private final ConnectionDeadline deadline;
    private final InstantSource clock;
    private final Consumer<EstOutcome> ended;
    private boolean answered;
    private boolean last;

    /// @param ended told once, when the answer has been written
    Exchange(
            HttpServerRequest request,
            Context eventLoop,
            ConnectionDeadline deadline,
            InstantSource clock,
            Consumer<EstOutcome> ended) {
        this.request = request;
        this.eventLoop = eventLoop;
        this.deadline = deadline;
        this.clock = clock;
        this.ended = ended;
    }

    /// Gives the request a deadline from now on, until its body has been read.
    void deadline(Runnable whenMissed) {
        deadline.forRequest(whenMissed);
    }

    String method() {
        return request.method().name();
    }

    String path() {
        var path = request.path();
        return path == null ? "" : path;
    }

    /// The `Content-Type`; empty when there is none.
    String contentType() {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type;
    }

    /// The values of the header fields `Authorization`, as they came: a secret may stand in them.
    List<String> authorizations() {
        return request.headers().getAll(HttpHeaders.AUTHORIZATION);
    }

    /// Whether a challenge with a `Content-Length` is read to its end: by who says what it accepts (libest, curl,
    /// strongSwan), by who has answered a challenge already, and by who knows no chunks. Bouncy Castle is none of
    /// them.
    boolean readsChallengeWithLength() {
        return request.headers().contains(HttpHeaders.ACCEPT)
                || !authorizations().isEmpty()
                || request.version() == HttpVersion.HTTP_1_0;
    }

    /// The length that the client announces; empty when it sends chunks.
    OptionalLong announcedBytes() {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length.strip()));
        } catch (NumberFormatException _) {
            // The decoder has refused everything but digits; too many of them are too many bytes.
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    String remoteAddress() {
        return request.remoteAddress().hostAddress();
    }

    /// The certificates of the client, leaf first, unjudged; empty when it sent none.
    List<X509Certificate> clientCertificates() {
        try {
            var chain = new ArrayList<X509Certificate>();
            for (var certificate : request.connection().peerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
            return chain;
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        }
    }

    /// Reads the body.
    ///
    /// @param limitBytes more is not taken
    /// @param complete given the whole body
    /// @param tooLarge called instead when there is more
    void body(int limitBytes, Consumer<byte[]> complete, Runnable tooLarge) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        var body = Buffer.buffer();
        request.handler(part -> {
            if (answered) {
                return;
            }
            if (body.length() + part.length() > limitBytes) {
                tooLarge.run();
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> {
            if (!answered) {
                deadline.lift();
                guarded(() -> complete.accept(body.getBytes()));
            }
        });
    }

    /// Reads the body part by part. None comes before [#goOn], nor after [#hold].
    ///
    /// @param brokenOff called when the client has gone before the end
    void stream(Consumer<byte[]> part, Runnable end, Runnable brokenOff) {
        deadline.lift();
        request.pause();
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.exceptionHandler(_ -> brokenOff.run());
        request.response().closeHandler(_ -> brokenOff.run());
        request.handler(bytes -> {
            if (!answered) {
                part.accept(bytes.getBytes());
            }
        });
        request.endHandler(_ -> {
            if (!answered) {
                deadline.lift();
                end.run();
            }
        });
    }

    /// Lets no further part come; the client may take its time meanwhile.
    void hold() {
        deadline.lift();
        request.pause();
    }

    /// Lets the next part come, before the deadline for a request.
    void goOn(Runnable whenMissed) {
        if (!request.isEnded()) {
            deadline.forRequest(whenMissed);
        }
        request.resume();
    }

    /// The request is complete and waits for its answer.
    void waits() {
        deadline.lift();
    }

    /// Notes that the client has gone, without an answer.
    void gone() {
        answered = true;
        deadline.lift();
        ended.accept(EstOutcome.TOO_SLOW);
    }

    /// A parameter of the query.
    Optional<String> parameter(String name) {
        return Optional.ofNullable(request.getParam(name));
    }

    /// The name that the client gave to what it asks for; without the quotation marks that it may stand in.
    Optional<String> idempotencyKey() {
        return Optional.ofNullable(request.getHeader("Idempotency-Key"))
                .map(key -> key.strip().replaceAll("^\"(.*)\"$", "$1"));
    }

    /// Whether the body is encoded, compressed for example.
    boolean isEncoded() {
        return request.headers().contains(HttpHeaders.CONTENT_ENCODING);
    }

    /// Runs a part of the judgement. This is the edge of the process: when an invariant of ours is broken the
    /// device is told to come again, instead of waiting until its own time-out, and the log says what broke.
    void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    /// Ends a request that met a broken invariant.
    void fault(Throwable failure) {
        LOG.atError()
                .addKeyValue("path", path())
                .addKeyValue("remoteAddress", remoteAddress())
                .setCause(failure)
                .log("Request not answered: broken invariant");
        answer(EstResponse.text(EstOutcome.FAULT, "This gateway failed. Send the same request again, later."));
    }

    /// Goes on in the connection's event loop.
    void onEventLoop(Runnable action) {
        eventLoop.runOnContext(_ -> action.run());
    }

    /// Goes on in the connection's event loop, after a while.
    void after(Duration duration, Runnable action) {
        eventLoop.owner().setTimer(Math.max(1, duration.toMillis()), _ -> onEventLoop(action));
    }

    /// Answers. Only the first answer counts; none is sent to a client that has gone.
    void answer(EstResponse answer) {
        if (answered) {
            return;
        }
        answered = true;
        var response = request.response();
        if (!response.closed()) {
            write(answer, response);
        }
        ended.accept(answer.outcome());
    }

    /// Answers, and ends the connection: its bytes can not be told apart into requests any more.
    void answerLast(EstResponse answer) {
        last = true;
        answer(answer);
    }

    private void write(EstResponse answer, HttpServerResponse response) {
        var unread = last || (announcesBody() && !request.isEnded());
        response.setStatusCode(answer.outcome().status());
        response.setChunked(answer.isChunked());
        var headers = response.headers();
        headers.add("Date", HTTP_DATE.format(clock.instant()));
        answer.fields().forEach(field -> headers.add(field.name(), field.value()));
        // Vert.x decides on keep-alive last and writes the field in lower case, which libest does not read.
        response.headersEndHandler(_ -> {
            var connection = headers.get(HttpHeaders.CONNECTION);
            if (unread || connection != null) {
                headers.remove(HttpHeaders.CONNECTION);
                headers.add("Connection", unread || connection == null ? CLOSE : connection);
            }
        });
        if (unread) {
            readOn();
        } else {
            deadline.forRequest(this::close);
        }
        response.end(answer.body());
    }

    private boolean announcesBody() {
        return announcedBytes().orElse(0) > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private void readOn() {
        var left = new int[] {LINGER_BYTES};
        request.handler(part -> {
            left[0] -= part.length();
            if (left[0] < 0) {
                close();
            }
        });
        request.endHandler(_ -> close());
        deadline.forLinger(this::close);
        request.resume();
    }

    private void close() {
        deadline.lift();
        request.connection().close();
    }
}
