package dev.evenroll.issuer.service;

import java.util.Map;

/// Whether the issuer can do its work, and what it found.
///
/// @param ready whether the CA is usable and all loops run
/// @param facts by name, for people: which CA, which key, each loop's state, what is wrong
record ReadinessReport(boolean ready, Map<String, String> facts) {
    ReadinessReport {
        facts = Map.copyOf(facts);
    }
}
