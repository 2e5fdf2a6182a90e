package dev.evenroll.issuer.kafka;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a record that is not acted upon: a dead letter with the cause, and word to the SOC where it smells.
final class PutAside {

    private static final Logger LOG = LoggerFactory.getLogger(PutAside.class);

    /// A key is written by others; an observation repeats no more of it than a device id can have.
    private static final int LONGEST_SUBJECT = 64;

    private final String environment;
    private final DeadLetters deadLetters;
    private final SecurityEvents securityEvents;

    PutAside(String environment, InstantSource clock) {
        this.environment = environment;
        this.deadLetters = new DeadLetters(Principal.ISSUER, environment, clock);
        this.securityEvents = new SecurityEvents(Principal.ISSUER, environment, clock);
    }

    /// A record that is not what may stand on its topic.
    List<ProducerRecord<String, byte[]>> hostile(ConsumerRecord<String, byte[]> record, String cause) {
        return observed(record, SecurityObservation.HOSTILE_RECORD, cause);
    }

    /// A record of another environment.
    List<ProducerRecord<String, byte[]>> foreign(ConsumerRecord<String, byte[]> record, String foreignEnvironment) {
        return observed(
                record,
                SecurityObservation.FOREIGN_ENVIRONMENT,
                "The record is of environment \"" + Findings.abbreviated(foreignEnvironment, LONGEST_SUBJECT)
                        + "\", this CA of \"" + environment
                        + "\"; find out who connected the two.");
    }

    /// A record that is in order, but came too late or can not be answered.
    ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> record, String cause) {
        return deadLetters.record(record, cause);
    }

    private List<ProducerRecord<String, byte[]>> observed(
            ConsumerRecord<String, byte[]> record, SecurityObservation observation, String cause) {
        LOG.atWarn()
                .addKeyValue("observation", observation)
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .log("Record put aside; the cause is in the dead letter");
        var attributes = Map.of(
                "topic", record.topic(),
                "partition", Integer.toString(record.partition()),
                "offset", Long.toString(record.offset()));
        return List.of(
                deadLetters.record(record, cause),
                securityEvents.record(observation, subject(record), Findings.abbreviated(cause), attributes));
    }

    private static String subject(ConsumerRecord<String, byte[]> record) {
        return record.key() == null ? record.topic() : Findings.abbreviated(record.key(), LONGEST_SUBJECT);
    }
}
