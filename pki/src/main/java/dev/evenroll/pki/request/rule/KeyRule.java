package dev.evenroll.pki.request.rule;

import java.util.Optional;

/// One rule about public keys.
public interface KeyRule {
    /// The name of the rule in kebab case, as it stands in a failure.
    String name();

    /// The sentence that says what is wrong with the key and what to do; empty when nothing is, or when the
    /// rule is about other keys.
    Optional<String> problemWith(SubjectKey key);
}
