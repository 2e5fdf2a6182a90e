package dev.evenroll.pki.profile;

import java.util.Arrays;
import java.util.Optional;

/// A role that people need to give a profile to a device: one of those of the administration interface.
public enum Assigner {
    /// Changes the registry. Everybody needs it who gives a device any profile.
    REGISTRAR("registrar"),
    /// Decides beyond the registry's routine: for profiles whose holder speaks for others.
    APPROVER("approver");

    private final String text;

    Assigner(String text) {
        this.text = text;
    }

    /// The role, as it stands in a file of profiles and in bearer tokens.
    public String text() {
        return text;
    }

    static Optional<Assigner> named(String text) {
        return Arrays.stream(values())
                .filter(assigner -> assigner.text.equals(text))
                .findFirst();
    }
}
