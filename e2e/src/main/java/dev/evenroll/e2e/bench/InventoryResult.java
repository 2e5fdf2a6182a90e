package dev.evenroll.e2e.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `evenroll bench inventory` found.
///
/// @param certificates in the inventory, one of each device
/// @param enteredPerSecond the last nine tenths of them
/// @param storeBytes the stores of revocation-service on disk, when it is stopped
/// @param restore from its start without stores until it has made them anew from Kafka and is ready
/// @param tickMillisAtTenth for the renewals that are due at a moment, with a tenth of the certificates
/// @param tickMillis the same with all of them
/// @param revocations of a tenth of the certificates
/// @param listsSettled how long lists were still signed after the last of these
/// @param listMillis from an order to the signed list with the certificate, the slowest of a few, with a tenth revoked
record InventoryResult(
        int certificates,
        double enteredPerSecond,
        long storeBytes,
        Duration restore,
        double tickMillisAtTenth,
        double tickMillis,
        Withdrawals.Pace revocations,
        Duration listsSettled,
        double listMillis) {

    /// In the order of the output.
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("certificates", certificates);
        fields.put("enteredPerSecond", rounded(enteredPerSecond, 1));
        fields.put("bytesPerCertificate", Math.round((double) storeBytes / certificates));
        fields.put("restoreSeconds", rounded(restore.toMillis() / 1e3, 1));
        fields.put("tickMillisAtTenth", rounded(tickMillisAtTenth, 1));
        fields.put("tickMillis", rounded(tickMillis, 1));
        fields.put("tickCostRatio", rounded(tickMillis / tickMillisAtTenth, 3));
        fields.put("revocationsPerSecond", rounded(revocations.perSecond(), 1));
        fields.put("revocationsFlatRatio", rounded(revocations.lastTenth() / revocations.firstTenth(), 3));
        fields.put("crlSettledSeconds", rounded(listsSettled.toMillis() / 1e3, 1));
        fields.put("crlShardMillis", rounded(listMillis, 1));
        return fields;
    }

    private static double rounded(double value, int digits) {
        var scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
