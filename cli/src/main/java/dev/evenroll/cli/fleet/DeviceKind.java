package dev.evenroll.cli.fleet;

import java.util.Locale;

/// What a simulated device is up to.
public enum DeviceKind {
    /// A registered device that asks for its own certificate with a key of its own.
    GENUINE(true),
    /// Not in the registry; its manufacturer certificate is in order.
    UNREGISTERED(false),
    /// Asks for the certificate of another registered device.
    WRONG_SERIAL(false),
    /// Asks for a certificate of a key that another device has already been given one for.
    COPIED_KEY(false),
    /// Asks with an RSA key of 1,024 bits.
    WEAK_KEY(false);

    private final boolean issued;

    DeviceKind(boolean issued) {
        this.issued = issued;
    }

    /// Whether it must end with a certificate; else it must be refused.
    public boolean mustBeIssued() {
        return issued;
    }

    /// Whether it stands in the registry before it asks.
    public boolean isRegistered() {
        return this != UNREGISTERED;
    }

    /// In words, for tables: `wrong serial`.
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
