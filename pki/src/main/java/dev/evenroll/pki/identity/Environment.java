package dev.evenroll.pki.identity;

import java.util.List;

/// A sealed installation: its topics, CA, keys and trust anchors belong to it alone.
///
/// @param name `test`, `staging` or `production`
public record Environment(String name) {
    private static final List<String> NAMES = List.of("test", "staging", "production");

    public Environment {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "environment: \"" + name + "\" is unknown; choose one of " + String.join(", ", NAMES));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
