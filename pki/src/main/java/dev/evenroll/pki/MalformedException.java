package dev.evenroll.pki;

/// Bytes or text from outside that can not be decoded. The message names the field and the reason.
public final class MalformedException extends Exception {
    public MalformedException(String field, String reason) {
        super(field + ": " + reason);
    }

    public MalformedException(String field, String reason, Throwable cause) {
        super(field + ": " + reason, cause);
    }
}
