package dev.evenroll.schemas.topic;

import java.time.Duration;

/// What becomes of old records of a topic (Kafka `cleanup.policy`).
public sealed interface Cleanup {

    /// Records are deleted when they are older than the retention.
    record Delete(Duration retention) implements Cleanup {}

    /// The newest record of each key is kept for ever.
    record Compact() implements Cleanup {}
}
