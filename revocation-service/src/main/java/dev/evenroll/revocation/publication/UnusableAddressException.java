package dev.evenroll.revocation.publication;

/// The address that revocation lists should be served on can not be listened on; the message says what to do.
public final class UnusableAddressException extends Exception {

    public UnusableAddressException(String message, Throwable cause) {
        super(message, cause);
    }
}
