package dev.evenroll.e2e.agent;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// The time that a token takes for a signature, and how many it makes at a time.
///
/// Called by the code that [SlowKeyAgent] has put into the issuer's key.
public final class SlowKey {

    private static volatile Duration latency = Duration.ZERO;
    private static volatile int sessions = 1;
    private static volatile Semaphore free = new Semaphore(1);

    private SlowKey() {}

    static void become(Duration newLatency, int newSessions) {
        latency = newLatency;
        sessions = newSessions;
        free = new Semaphore(newSessions);
    }

    /// Takes a session for as long as a signature needs.
    public static void beforeSignature() {
        try {
            free.acquire();
            try {
                Thread.sleep(latency);
            } finally {
                free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static int sessions() {
        return sessions;
    }
}
