package dev.evenroll.issuer.kafka;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the SOC of signing faults.
///
/// By a producer outside of the loop's transaction, which a fault aborts. A loop that tries again meets the same fault
/// again: one report a minute is sent for each CA, with the number of those that were not.
///
/// Safe for use by many threads.
public final class FaultReports {

    private static final Logger LOG = LoggerFactory.getLogger(FaultReports.class);

    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

    private final Producer<String, byte[]> producer;
    private final SecurityEvents events;
    private final InstantSource clock;
    private final Map<String, Reports> byAuthority = new HashMap<>();

    /// What was reported of a CA.
    ///
    /// @param unreported faults since the last report
    private record Reports(Instant last, int unreported) {}

    /// @param producer not transactional; closed by whoever made it
    public FaultReports(String environment, Producer<String, byte[]> producer, InstantSource clock) {
        this.producer = producer;
        this.events = new SecurityEvents(Principal.ISSUER, environment, clock);
        this.clock = clock;
    }

    /// Reports a fault.
    ///
    /// @param issuerKeyId of the CA that does not sign
    /// @return what the loop throws to try again later
    FaultException report(String issuerKeyId, SigningFaultException fault) {
        report(issuerKeyId, String.valueOf(fault.getMessage()));
        return new FaultException(String.valueOf(fault.getMessage()), fault);
    }

    /// Reports that a CA can not sign, whether or not it has to now.
    public synchronized void report(String issuerKeyId, String problem) {
        var now = clock.instant();
        var reports = byAuthority.getOrDefault(issuerKeyId, new Reports(Instant.MIN, 0));
        if (reports.last().equals(Instant.MIN) || !now.isBefore(reports.last().plus(BETWEEN_REPORTS))) {
            send(issuerKeyId, problem, reports.unreported());
            byAuthority.put(issuerKeyId, new Reports(now, 0));
        } else {
            byAuthority.put(issuerKeyId, new Reports(reports.last(), reports.unreported() + 1));
        }
    }

    private void send(String issuerKeyId, String message, int unreported) {
        var event = events.record(
                SecurityObservation.SIGNING_FAULT,
                issuerKeyId,
                Findings.abbreviated(message),
                Map.of("unreportedFaults", Integer.toString(unreported)));
        try {
            var _ = producer.send(event, (sent, failure) -> {
                if (failure != null) {
                    LOG.atWarn().setCause(failure).log("Signing fault not reported to the SOC");
                }
            });
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("Signing fault not reported to the SOC");
        }
    }
}
