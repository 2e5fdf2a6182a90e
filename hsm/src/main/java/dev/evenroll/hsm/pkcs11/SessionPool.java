package dev.evenroll.hsm.pkcs11;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The open sessions of a token. Each is used by one thread at a time; who finds none waits for one.
///
/// Safe for use by many threads. The monitor guards `free` and `retired`.
final class SessionPool {

    /// The pool was retired while somebody waited; there is a newer one.
    static final class RetiredException extends Exception {}

    private final int size;
    private final Deque<Long> free;
    private boolean retired;

    SessionPool(List<Long> sessions) {
        this.size = sessions.size();
        this.free = new ArrayDeque<>(sessions);
    }

    synchronized long take() throws RetiredException, InterruptedException {
        while (free.isEmpty() && !retired) {
            wait();
        }
        if (retired) {
            throw new RetiredException();
        }
        return free.pop();
    }

    synchronized void giveBack(long session) {
        free.push(session);
        notifyAll();
    }

    /// From now on nobody gets a session.
    synchronized void retire() {
        retired = true;
        notifyAll();
    }

    /// Waits until every session has been given back.
    ///
    /// @return how many have not, after the time given
    synchronized int drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); free.size() < size && left > 0; left = end - System.nanoTime()) {
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
        }
        return size - free.size();
    }
}
