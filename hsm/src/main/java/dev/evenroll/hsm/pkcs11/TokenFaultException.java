package dev.evenroll.hsm.pkcs11;

import org.jspecify.annotations.Nullable;

/// The token can not be used now. The message says why and what to do; it holds no secret.
final class TokenFaultException extends Exception {

    private final TokenFault fault;
    private final boolean attempted;

    TokenFaultException(TokenFault fault, String message, @Nullable Throwable cause) {
        this(fault, message, cause, true);
    }

    private TokenFaultException(TokenFault fault, String message, @Nullable Throwable cause, boolean attempted) {
        super(message, cause);
        this.fault = fault;
        this.attempted = attempted;
    }

    /// A fault that is known already: the token was not asked again.
    static TokenFaultException known(TokenFault fault, String message) {
        return new TokenFaultException(fault, message, null, false);
    }

    /// A function of the token's library that failed.
    ///
    /// @param token as sentences name it
    static TokenFaultException of(String token, CryptokiException e) {
        return new TokenFaultException(
                e.fault(),
                "The " + token + " failed: " + e.getMessage() + "; " + e.fault().advice() + ".",
                e);
    }

    /// Whether the token was asked: a fault counts once for each time.
    boolean attempted() {
        return attempted;
    }

    TokenFault fault() {
        return fault;
    }
}
