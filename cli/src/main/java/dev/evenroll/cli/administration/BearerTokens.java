package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;

/// Where the bearer tokens of administration calls come from: made on this machine, or kept from a login.
///
/// Implementations are safe for use by many threads.
public interface BearerTokens {

    /// A token for one call. Never printed, never logged.
    ///
    /// @param role that the call needs
    String token(Role role) throws FaultException, FinalException, InterruptedException;
}
