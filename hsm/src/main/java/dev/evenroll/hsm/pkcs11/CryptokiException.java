package dev.evenroll.hsm.pkcs11;

/// A function of the token's library answered something else than CKR_OK.
final class CryptokiException extends Exception {

    private final long code;

    CryptokiException(String function, long code) {
        super(function + " answered " + ReturnValue.name(code));
        this.code = code;
    }

    private CryptokiException(String message, ReturnValue meaning) {
        super(message);
        this.code = meaning.code();
    }

    /// A length that is none, though the function has answered CKR_OK.
    ///
    /// @param meaning what the function should have answered
    static CryptokiException length(String function, long length, ReturnValue meaning) {
        return new CryptokiException(function + " answered a length of " + length + " (" + meaning + ")", meaning);
    }

    boolean is(ReturnValue value) {
        return value.code() == code;
    }

    TokenFault fault() {
        return ReturnValue.fault(code);
    }
}
