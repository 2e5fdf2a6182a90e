package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// One rule of the decision.
public interface Rule {

    /// What it finds wrong; empty when nothing is, or when another rule has to speak first.
    List<Failure> judge(EnrollmentCase enrollment);
}
