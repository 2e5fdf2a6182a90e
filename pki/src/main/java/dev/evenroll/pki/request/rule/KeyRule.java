package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
import java.util.Optional;

/// One rule about public keys.
public interface KeyRule {
    /// What the rule refuses and how it says it; [#problemWith] makes its failures of these.
    List<RuleText> texts();

    /// What is wrong with the key; empty when nothing is, or when the rule is about other keys.
    Optional<Failure> problemWith(ExaminedKey examined);
}
