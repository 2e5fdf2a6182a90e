package dev.evenroll.revocation.inventory;

/// The inventory can not be read now; the message says why and what to do.
public final class InventoryUnavailableException extends Exception {

    public InventoryUnavailableException(String message) {
        super(message);
    }

    public InventoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
