package dev.evenroll.cli.administration;

import java.util.Locale;

/// What an operator may do to the state of a device.
public enum StateChange {
    /// It gets no certificate until it is resumed.
    SUSPEND,
    /// What it asks for waits for a person.
    QUARANTINE,
    /// Ends a suspension or a quarantine.
    RESUME,
    /// The end of its life.
    DECOMMISSION;

    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
