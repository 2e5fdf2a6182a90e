package dev.evenroll.revocation.kafka;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.event.SecurityObservation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts unusable records aside: a dead letter and a security observation, once for each time that one is read.
public final class AsideRecords implements UnusableRecords {

    private static final Logger LOG = LoggerFactory.getLogger(AsideRecords.class);

    private final DeadLetters deadLetters;
    private final SecurityEvents securityEvents;
    private final Consumer<ProducerRecord<String, byte[]>> aside;
    private final Counter putAside;

    /// @param record name of the record type, for the metric
    public AsideRecords(
            String record,
            DeadLetters deadLetters,
            SecurityEvents securityEvents,
            Consumer<ProducerRecord<String, byte[]>> aside,
            MeterRegistry metrics) {
        this.deadLetters = deadLetters;
        this.securityEvents = securityEvents;
        this.aside = aside;
        this.putAside = metrics.counter("evenroll.dead.letters", "record", record);
    }

    @Override
    public void hostile(ConsumerRecord<String, byte[]> source, String cause) {
        putAside(source, SecurityObservation.HOSTILE_RECORD, cause);
    }

    @Override
    public void foreign(ConsumerRecord<String, byte[]> source, String cause) {
        putAside(source, SecurityObservation.FOREIGN_ENVIRONMENT, cause);
    }

    private void putAside(ConsumerRecord<String, byte[]> source, SecurityObservation observation, String cause) {
        putAside.increment();
        LOG.atWarn()
                .addKeyValue("topic", source.topic())
                .addKeyValue("offset", source.offset())
                .addKeyValue("cause", cause)
                .log("A record can not be used and is put aside");
        aside.accept(deadLetters.record(source, cause));
        aside.accept(securityEvents.record(
                observation,
                source.topic(),
                cause,
                Map.of(
                        "topic", source.topic(),
                        "partition", Integer.toString(source.partition()),
                        "offset", Long.toString(source.offset()))));
    }
}
