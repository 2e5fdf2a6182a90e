package dev.evenroll.hsm.pkcs11;

/// A function of the token's library answered something else than CKR_OK.
final class CryptokiException extends Exception {

    private final long code;

    CryptokiException(String function, long code) {
        super(function + " answered " + ReturnValue.name(code));
        this.code = code;
    }

    boolean is(ReturnValue value) {
        return value.code() == code;
    }

    TokenFault fault() {
        return ReturnValue.fault(code);
    }
}
