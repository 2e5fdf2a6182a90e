package dev.evenroll.revocation.administration;

/// Is told of callers that were turned away, for the SOC.
@FunctionalInterface
public interface Refusals {

    /// A caller was turned away.
    void report(Refusal refusal);

    /// Who was turned away, and from what.
    ///
    /// @param kind why
    /// @param caller name in the token; the remote address when there is no acceptable token
    /// @param remoteAddress IP address in text
    /// @param request method and path, for example `POST /certificates/...`
    record Refusal(Kind kind, String caller, String remoteAddress, String request) {}

    /// Why a caller was turned away.
    enum Kind {
        /// No bearer token, or one that is not accepted: 401.
        NOT_AUTHENTICATED,
        /// The token does not name the role that is needed: 403.
        NOT_ALLOWED
    }
}
