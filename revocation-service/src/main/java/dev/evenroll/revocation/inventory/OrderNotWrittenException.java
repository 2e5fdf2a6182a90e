package dev.evenroll.revocation.inventory;

/// An order to revoke could not be written down, or it is not known whether it was. Giving it again is
/// harmless.
public final class OrderNotWrittenException extends Exception {

    public OrderNotWrittenException(String message, Throwable cause) {
        super(message, cause);
    }
}
