package dev.evenroll.e2e.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `evenroll bench hsm` found.
///
/// @param latency that a signature takes in the key
/// @param sessions signatures that the key makes at a time
/// @param signatures of a round
/// @param perSecond certificates that became readable per second, the median of the rounds
record HsmBenchResult(Duration latency, int sessions, int signatures, double perSecond) {

    /// In the order of the output.
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("latencyMillis", latency.toMillis());
        fields.put("sessions", sessions);
        fields.put("signatures", signatures);
        fields.put("signaturesPerSecond", Math.round(perSecond * 10) / 10.0);
        if (!latency.isZero()) {
            var most = sessions * 1e9 / latency.toNanos();
            fields.put("mostPerSecond", Math.round(most * 10) / 10.0);
            fields.put("sessionsBusy", Math.round(perSecond / most * 1_000) / 1_000.0);
        }
        return fields;
    }
}
