package dev.evenroll.cli.command;

import dev.evenroll.hsm.ceremony.CeremonyStep;
import dev.evenroll.hsm.ceremony.Done;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is told of a CA to people: fingerprints in groups of four, so that they can be read out.
final class CaFacts {

    private static final int GROUP = 4;

    private CaFacts() {}

    /// What a step has made.
    static Map<String, String> of(Done done) {
        var entry = done.entry();
        var facts = new LinkedHashMap<String, String>();
        put(facts, "  subject", entry.subject());
        put(facts, "  key", entry.key());
        put(facts, "  key id", spoken(entry.keyId()));
        if (entry.step() == CeremonyStep.ACTIVATION_SET) {
            put(facts, "  active from", entry.activeFrom());
            return facts;
        }
        put(facts, "  serial number", entry.serialNumber());
        put(facts, "  valid", entry.notBefore().isEmpty() ? "" : entry.notBefore() + " to " + entry.notAfter());
        put(facts, "  active from", entry.activeFrom());
        put(facts, "  SHA-256", spoken(entry.certificateSha256()));
        put(facts, "  file", done.file().toString());
        return facts;
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    /// `0a1b 2c3d ...`.
    static String spoken(String hex) {
        var groups = new StringBuilder();
        for (int i = 0; i < hex.length(); i += GROUP) {
            groups.append(i == 0 ? "" : " ").append(hex, i, Math.min(hex.length(), i + GROUP));
        }
        return groups.toString();
    }
}
