package dev.evenroll.validator.streams;

import dev.evenroll.validator.simulation.Installation;
import org.jspecify.annotations.Nullable;

/// A journey of devices that nobody registered, under a written policy.
abstract class JustInTimeJourney extends Journey {

    /// @param quota of a clock hour; null for none
    void policy(String decision, String unknownDevices, @Nullable Integer quota) {
        installation.decidesBy("""
                version: a
                policies:
                  - name: rollout
                    match: { manufacturer: acme, serialNumber: "EVR-.*" }
                    decision: %s
                    unknownDevices: %s
                    register: { owner: %s, site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
                """.formatted(decision, unknownDevices, Installation.OWNER)
                + (quota == null ? "" : "    quotaPerHour: " + quota + "\n"));
    }
}
