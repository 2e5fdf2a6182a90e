package dev.evenroll.e2e.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What `evenroll bench ocsp` found.
///
/// @param certificates that were asked about
/// @param rounds at least one
record OcspBenchResult(int certificates, List<Round> rounds) {

    /// What was done per second, one after the other on the same cores.
    ///
    /// @param cached answers that had been signed before
    /// @param signed answers to requests with a nonce
    /// @param closing answers that had been signed before, each over a connection of its own
    /// @param openssl answers of `openssl ocsp -multi 2`, each over a connection of its own
    /// @param floor bare signatures
    record Round(double cached, double signed, double closing, double openssl, double floor) {}

    OcspBenchResult {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("rounds: are none; measure at least once");
        }
    }

    /// In the order of the output.
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("certificates", certificates);
        fields.put("connections", OcspLoad.CONNECTIONS);
        fields.put("cachedPerSecond", Math.round(median(Round::cached)));
        fields.put("signedPerSecond", Math.round(median(Round::signed)));
        fields.put("signFloorPerSecond", Math.round(median(Round::floor)));
        fields.put("cachedClosingPerSecond", Math.round(median(Round::closing)));
        fields.put("opensslPerSecond", Math.round(median(Round::openssl)));
        fields.put("overOpenssl", ratio(round -> round.cached() / round.openssl()));
        fields.put("signedOverOpenssl", ratio(round -> round.signed() / round.openssl()));
        fields.put("closingOverOpenssl", ratio(round -> round.closing() / round.openssl()));
        return fields;
    }

    /// Of each round by itself, so that a slow one does not count on one side only.
    private double ratio(ToDoubleFunction<Round> of) {
        return Math.round(median(of) * 100) / 100.0;
    }

    private double median(ToDoubleFunction<Round> of) {
        return rounds.stream().mapToDouble(of).sorted().toArray()[rounds.size() / 2];
    }
}
