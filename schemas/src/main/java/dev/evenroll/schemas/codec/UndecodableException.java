package dev.evenroll.schemas.codec;

/// Bytes that are not a record of the expected kind. The message says why, in a sentence, without any of the bytes.
public final class UndecodableException extends Exception {

    public UndecodableException(String message) {
        super(message);
    }

    UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
