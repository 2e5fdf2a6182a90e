package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.Acceptance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What events say of which acceptance of an enrollment they are about.
final class Acceptances {

    private Acceptances() {}

    /// When the rules accepted it.
    ///
    /// @param acceptance null in an event of an earlier version
    static @Nullable Instant acceptedAt(@Nullable Acceptance acceptance) {
        return acceptance == null ? null : acceptance.getAcceptedAt();
    }
}
