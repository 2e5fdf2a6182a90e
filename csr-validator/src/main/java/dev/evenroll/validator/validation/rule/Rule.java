package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// One rule of the decision.
public interface Rule {

    /// Everything that it can say: its rows of the table of rules.
    List<RuleText> texts();

    /// What it finds wrong; empty when nothing is, or when another rule has to speak first.
    List<Failure> judge(EnrollmentCase enrollment);

    /// What the requester hears of that. Not what the registry holds of a device that the requester does not
    /// speak for: any device could otherwise ask about every other. The audit log has it all the same.
    ///
    /// @param found what [#judge] found
    default List<Failure> told(EnrollmentCase enrollment, List<Failure> found) {
        return found;
    }
}
