package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import java.util.List;

/// The answer of the rules.
public sealed interface Verdict {

    /// Nothing was found wrong; the key claim comes next.
    ///
    /// @param organization O to certify, from the registry
    /// @param subjectPublicKeyInfo key to certify, RFC 5280 section 4.1.2.7
    record Accepted(String organization, Der subjectPublicKeyInfo) implements Verdict {}

    /// Something was found wrong.
    ///
    /// @param failures everything, at least one: for the audit log
    /// @param answer what the requester may hear of it, at least one: what the registry holds of a
    ///     device is for those who speak for it
    record Refused(List<Failure> failures, List<Failure> answer) implements Verdict {

        public Refused {
            failures = List.copyOf(failures);
            answer = List.copyOf(answer);
            if (failures.isEmpty()) {
                throw new IllegalArgumentException("failures: are empty; a refusal says why");
            }
            if (answer.isEmpty()) {
                throw new IllegalArgumentException("answer: is empty; a refusal tells the requester why");
            }
        }
    }
}
