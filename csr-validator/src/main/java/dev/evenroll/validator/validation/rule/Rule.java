package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// One rule of the decision.
public interface Rule {

    /// What it finds wrong; empty when nothing is, or when another rule has to speak first.
    List<Failure> judge(EnrollmentCase enrollment);

    /// Whether the requester may hear it. Not what the registry holds of a device that the requester
    /// does not speak for: any device could otherwise ask about every other. The audit log has it all
    /// the same.
    default boolean mayBeToldToRequester(EnrollmentCase enrollment) {
        return true;
    }
}
