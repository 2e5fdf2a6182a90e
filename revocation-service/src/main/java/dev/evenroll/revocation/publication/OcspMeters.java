package dev.evenroll.revocation.publication;

import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspSingle;
import dev.evenroll.pki.ocsp.OcspStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;

/// What OCSP answered, and how long it took: `evenroll.ocsp.answers` by outcome.
final class OcspMeters {

    private static final String ANSWERS = "evenroll.ocsp.answers";

    private final MeterRegistry metrics;

    OcspMeters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    Timer.Sample begin() {
        return Timer.start(metrics);
    }

    void answered(Timer.Sample begun, List<OcspSingle> singles) {
        end(begun, singles.size() == 1 ? outcome(singles.getFirst().status()) : "several");
    }

    private static String outcome(OcspStatus status) {
        return switch (status) {
            case OcspStatus.Good _ -> "good";
            case OcspStatus.Revoked _ -> "revoked";
            case OcspStatus.Unknown _ -> "unknown";
        };
    }

    void failed(Timer.Sample begun, OcspError error) {
        end(begun, error.name().toLowerCase(Locale.ROOT));
    }

    private void end(Timer.Sample begun, String outcome) {
        begun.stop(Timer.builder(ANSWERS)
                .description("OCSP requests that were answered, or why not")
                .tag("outcome", outcome)
                .register(metrics));
    }
}
