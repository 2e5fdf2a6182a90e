package dev.evenroll.e2e.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `evenroll bench registry` found.
///
/// @param devices registered devices at the end
/// @param decisionsPerSecondAtThousand decisions per second with a thousand registered devices
/// @param decisionsPerSecond decisions per second with all of them
/// @param storeBytes the stores of csr-validator on disk
/// @param warmRestart from the start of csr-validator on its stores until it is ready
/// @param coldRestore from its start without them until it has made them anew from Kafka and is ready
/// @param importPerSecond devices imported per second, with the whole stack at work
record RegistryBenchResult(
        int devices,
        double decisionsPerSecondAtThousand,
        double decisionsPerSecond,
        long storeBytes,
        Duration warmRestart,
        Duration coldRestore,
        double importPerSecond) {

    /// In the order of the output.
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("devices", devices);
        fields.put("decisionsPerSecondAtThousand", rounded(decisionsPerSecondAtThousand, 1));
        fields.put("decisionsPerSecond", rounded(decisionsPerSecond, 1));
        fields.put("decisionsRatio", rounded(decisionsPerSecond / decisionsPerSecondAtThousand, 3));
        fields.put("storeBytes", storeBytes);
        fields.put("warmRestartSeconds", rounded(warmRestart.toMillis() / 1000.0, 1));
        fields.put("coldRestoreSeconds", rounded(coldRestore.toMillis() / 1000.0, 1));
        fields.put("importPerSecond", rounded(importPerSecond, 1));
        return fields;
    }

    private static double rounded(double value, int digits) {
        var scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
