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
    /// @param failures everything, at least one
    record Refused(List<Failure> failures) implements Verdict {

        public Refused {
            failures = List.copyOf(failures);
            if (failures.isEmpty()) {
                throw new IllegalArgumentException("failures: are empty; a refusal says why");
            }
        }
    }
}
