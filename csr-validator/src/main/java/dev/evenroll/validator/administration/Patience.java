package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Optional;

/// How long a call waits until the registry shows what was written.
///
/// @param limit after it, the caller is told to look again
public record Patience(Duration limit) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    /// A look at the registry.
    interface Look<T> {

        /// Empty as long as there is nothing to be seen yet.
        Optional<T> look() throws RegistryUnavailableException;
    }

    /// Looks until there is something to be seen.
    ///
    /// @param what what was written, as the beginning of a sentence
    /// @throws RegistryUnavailableException when it can not be seen in time; the message says what to do
    <T> T await(String what, Look<T> look) throws RegistryUnavailableException {
        var deadline = System.nanoTime() + limit.toNanos();
        var seen = look.look();
        while (seen.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new RegistryUnavailableException(what + " has been written, and the registry has not applied it "
                        + "within " + limit.toSeconds() + " s; it will. Look again in a moment, or repeat the call: "
                        + "it does no harm.");
            }
            pause(what);
            seen = look.look();
        }
        return seen.get();
    }

    private static void pause(String what) throws RegistryUnavailableException {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    "The service stops. " + what + " has been written; look again, or repeat the call.", e);
        }
    }
}
