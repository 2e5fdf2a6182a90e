package dev.evenroll.gateway.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/// The moment when one connection has to have brought its next request, complete.
///
/// Counts from the connection or the last answer, whatever trickles in meanwhile: an idle time-out alone lets
/// a client hold a connection for ever with one byte now and then. Stands still while a request waits for its
/// answer. Confined to the connection's event loop.
final class ConnectionDeadline {

    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final long NONE = -1;

    private final Vertx vertx;
    private final Duration requestLimit;
    private long timer = NONE;

    /// @param requestLimit time for one complete request
    ConnectionDeadline(Vertx vertx, Duration requestLimit) {
        this.vertx = vertx;
        this.requestLimit = requestLimit;
    }

    /// Sets the deadline anew: time for one complete request.
    void forRequest(Runnable whenMissed) {
        in(requestLimit, whenMissed);
    }

    /// Sets the deadline anew: time to take an error that was answered before the request was read.
    void forLinger(Runnable whenMissed) {
        in(LINGER, whenMissed);
    }

    /// Takes the deadline away.
    void lift() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    private void in(Duration duration, Runnable whenMissed) {
        lift();
        timer = vertx.setTimer(duration.toMillis(), _ -> {
            timer = NONE;
            whenMissed.run();
        });
    }
}
