package dev.evenroll.validator.administration;

/// Where refused calls of the administration interface are reported. Must not block: it is called where
/// requests are answered.
public interface RefusedCalls {

    /// A caller without a valid token.
    void unauthenticated(String remoteAddress, String call);

    /// A caller without the role that the call needs.
    void forbidden(String actor, String remoteAddress, String call);
}
