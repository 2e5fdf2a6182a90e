package dev.evenroll.hsm.pkcs11;

import org.jspecify.annotations.Nullable;

/// The token can not be used now. The message says why and what to do; it holds no secret.
final class TokenFaultException extends Exception {

    private final TokenFault fault;

    TokenFaultException(TokenFault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
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

    TokenFault fault() {
        return fault;
    }
}
