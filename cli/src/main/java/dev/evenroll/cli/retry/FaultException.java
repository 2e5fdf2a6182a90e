package dev.evenroll.cli.retry;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A fault of the other side or of the way there: the same attempt may succeed later. The message is a sentence that
/// says what was attempted and what came of it.
public final class FaultException extends Exception {

    /// Null when the other side did not say.
    private final transient @Nullable Duration retryAfter;

    private final boolean answered;

    /// No answer came, or none that can be used.
    public FaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
        this.answered = cause instanceof FaultException fault && fault.answered;
    }

    /// The other side answered, with a fault of its own.
    public FaultException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter.orElse(null);
        this.answered = true;
    }

    /// How long the other side asks to wait before the next attempt.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// Whether the other side has answered: then there is no question whether it runs.
    public boolean answered() {
        return answered;
    }
}
