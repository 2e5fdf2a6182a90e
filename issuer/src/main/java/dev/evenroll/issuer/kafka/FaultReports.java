package dev.evenroll.issuer.kafka;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the SOC of signing faults.
///
/// By a producer outside of the loop's transaction, which a fault aborts. A loop that tries again meets the same fault
/// again: one report a minute is sent, with the number of those that were not.
///
/// Safe for use by many threads.
public final class FaultReports {

    private static final Logger LOG = LoggerFactory.getLogger(FaultReports.class);

    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

    private final String subject;
    private final Producer<String, byte[]> producer;
    private final SecurityEvents events;
    private final InstantSource clock;
    private @Nullable Instant lastReport;
    private int unreported;

    /// @param subject name of the CA that does not sign
    /// @param producer not transactional; closed by whoever made it
    public FaultReports(String environment, String subject, Producer<String, byte[]> producer, InstantSource clock) {
        this.subject = subject;
        this.producer = producer;
        this.events = new SecurityEvents(Principal.ISSUER, environment, clock);
        this.clock = clock;
    }

    /// Reports a fault.
    ///
    /// @return what the loop throws to try again later
    synchronized FaultException report(SigningFaultException fault) {
        var now = clock.instant();
        if (lastReport == null || !now.isBefore(lastReport.plus(BETWEEN_REPORTS))) {
            send(String.valueOf(fault.getMessage()));
            lastReport = now;
            unreported = 0;
        } else {
            unreported++;
        }
        return new FaultException(String.valueOf(fault.getMessage()), fault);
    }

    private void send(String message) {
        var event = events.record(
                SecurityObservation.SIGNING_FAULT,
                subject,
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
