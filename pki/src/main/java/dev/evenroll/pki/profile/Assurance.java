package dev.evenroll.pki.profile;

import java.util.Arrays;
import java.util.Optional;

/// What is known of where a certified key lives, in rising order.
public enum Assurance {
    /// Nothing has been proven: the key may be copied.
    SOFTWARE_KEY("softwareKey"),
    /// The request proved that the key lives in a chip of the device's manufacturer.
    ATTESTED_KEY("attestedKey");

    private final String text;

    Assurance(String text) {
        this.text = text;
    }

    /// As it stands in a file of profiles.
    public String text() {
        return text;
    }

    static Optional<Assurance> named(String text) {
        return Arrays.stream(values())
                .filter(assurance -> assurance.text.equals(text))
                .findFirst();
    }
}
