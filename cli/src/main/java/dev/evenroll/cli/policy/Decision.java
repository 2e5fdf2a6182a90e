package dev.evenroll.cli.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How a policy decided.
public enum Decision {
    ALLOWED,
    PENDING,
    REFUSED;

    /// As events say it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The decision that a word stands for; empty when it is none.
    public static Optional<Decision> named(String word) {
        return Stream.of(values())
                .filter(decision -> decision.word().equals(word))
                .findFirst();
    }
}
