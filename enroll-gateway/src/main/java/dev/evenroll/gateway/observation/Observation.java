package dev.evenroll.gateway.observation;

import java.util.HashMap;
import java.util.Map;

/// Something that a SOC wants to know of. Never a secret, never the bytes of a request.
///
/// @param kind what kind of thing it was
/// @param subject whom it is about: a device id, a certificate's subject or an IP address
/// @param message a sentence for a person
/// @param attributes further facts by name, for programs
public record Observation(Kind kind, String subject, String message, Map<String, String> attributes) {

    /// Kind of an observation.
    public enum Kind {
        /// A requester did not authenticate itself, or its certificate was not accepted.
        AUTHENTICATION_FAILED,
        /// A request was malformed, oversized or of the wrong media type.
        REQUEST_MALFORMED,
        /// A revoked certificate was presented.
        REVOKED_CERTIFICATE_PRESENTED,
        /// An event of another environment was found on a topic.
        FOREIGN_ENVIRONMENT,
        /// A record could not be decoded, or was not what may stand on its topic.
        HOSTILE_RECORD,
        /// Somebody asked more often than allowed.
        RATE_LIMITED,
        /// Changed trust anchors can not be used; those before them stay in force.
        CONFIGURATION_UNUSABLE
    }

    public Observation {
        attributes = Map.copyOf(attributes);
    }

    /// The same with one more attribute.
    Observation with(String name, String value) {
        var more = new HashMap<>(attributes);
        more.put(name, value);
        return new Observation(kind, subject, message, more);
    }
}
