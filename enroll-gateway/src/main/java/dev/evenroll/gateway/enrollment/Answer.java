package dev.evenroll.gateway.enrollment;

import dev.evenroll.pki.Der;
import java.time.Duration;
import java.util.List;

/// What a waiting device is told.
public sealed interface Answer {

    /// Its certificate.
    ///
    /// @param certificate DER, RFC 5280 section 4.1
    record Issued(Der certificate) implements Answer {}

    /// A refusal.
    ///
    /// @param findings every reason: name of the rule, colon, a sentence
    record Refused(List<String> findings) implements Answer {
        public Refused {
            findings = List.copyOf(findings);
        }
    }

    /// A person has to decide: come again with the same request.
    ///
    /// @param retryAfter after how long it is worth it, at least a second
    record Pending(Duration retryAfter) implements Answer {}

    /// The pipeline has the request and needs longer: come again with the same request.
    record Later() implements Answer {}

    /// It could not be seen to that the pipeline has the request: come again with the same one.
    ///
    /// @param reason why, in a sentence
    record Unavailable(String reason) implements Answer {}
}
