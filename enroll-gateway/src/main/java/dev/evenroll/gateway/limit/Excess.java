package dev.evenroll.gateway.limit;

import java.time.Duration;

/// More requests than are allowed.
///
/// @param who what the limit is for: address, requester or device
/// @param perMinute the limit
/// @param retryAfter how long until the next one may pass
public record Excess(String who, int perMinute, Duration retryAfter) {

    /// In a sentence for whoever asked.
    public String message() {
        return "This " + who + " asks more often than " + perMinute + " times a minute; ask again after "
                + wholeSeconds() + " s.";
    }

    /// The same time in whole seconds, at least one.
    public long wholeSeconds() {
        return Math.max(1, retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
