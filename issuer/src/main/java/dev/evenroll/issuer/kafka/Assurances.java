package dev.evenroll.issuer.kafka;

import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.schemas.event.KeyAssurance;

/// What an event says of where a key lives, as profiles know it.
final class Assurances {

    private Assurances() {}

    /// What was not said, or is not understood, has not been proven.
    static Assurance of(KeyAssurance said) {
        return switch (said) {
            case ATTESTED_KEY -> Assurance.ATTESTED_KEY;
            case SOFTWARE_KEY, UNKNOWN -> Assurance.SOFTWARE_KEY;
        };
    }

    static KeyAssurance event(Assurance known) {
        return switch (known) {
            case ATTESTED_KEY -> KeyAssurance.ATTESTED_KEY;
            case SOFTWARE_KEY -> KeyAssurance.SOFTWARE_KEY;
        };
    }
}
