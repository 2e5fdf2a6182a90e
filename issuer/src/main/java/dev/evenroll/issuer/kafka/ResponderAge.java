package dev.evenroll.issuer.kafka;

import java.time.Duration;
import java.time.Instant;

/// How long a responder's request counts: it asks again. After an outage only the last one of each is worth a
/// signature,
/// and a loop that begins anew does none of its work twice.
final class ResponderAge {

    static final String SENTENCE =
            "It was asked for more than two minutes ago, or after now by the clock of this machine; the responder asks"
                    + " again by itself.";

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private ResponderAge() {}

    static boolean isOver(Instant asked, Instant now) {
        return Duration.between(asked, now).abs().compareTo(LONGEST) > 0;
    }
}
