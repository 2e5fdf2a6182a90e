package dev.evenroll.validator.validation;

import dev.evenroll.policy.PolicyFacts;
import dev.evenroll.policy.PolicyOutcome;

/// A decision of the just-in-time policies with all that it was made of, so that it can be made again.
///
/// @param facts what the policies looked at
/// @param outcome what they decided
/// @param version version of the set of policies
public record Decided(PolicyFacts facts, PolicyOutcome outcome, String version) {}
