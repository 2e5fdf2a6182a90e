package dev.evenroll.issuer.kafka;

import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A transformation whose results are counted, by the topic they go to.
///
/// Counts attempts: what a transaction did not commit is counted again when it is done again.
public final class Counted implements Transformation {

    private static final Map<String, Topic> METERS = Map.of(
            "evenroll.issuer.certificates.prepared", Topics.CERTIFICATE_PREPARED,
            "evenroll.issuer.certificates.signed", Topics.CERTIFICATE_ISSUED,
            "evenroll.issuer.responders.signed", Topics.RESPONDER_ISSUED,
            "evenroll.issuer.certificates.refused", Topics.ISSUANCE_REFUSED,
            "evenroll.issuer.crls.signed", Topics.CRL_SIGNED,
            "evenroll.issuer.security.observations", Topics.SECURITY_OBSERVED,
            "evenroll.issuer.dead.letters", Topics.deadLetter(Principal.ISSUER));

    private final Transformation counted;
    private final Map<String, Counter> counterByTopic;

    public Counted(Transformation counted, String environment, MeterRegistry metrics) {
        this.counted = counted;
        this.counterByTopic = METERS.entrySet().stream()
                .collect(Collectors.toMap(
                        meter -> meter.getValue().name(environment), meter -> metrics.counter(meter.getKey())));
    }

    @Override
    public List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> record)
            throws UndecodableException, FaultException {
        var results = counted.apply(record);
        for (ProducerRecord<String, byte[]> result : results) {
            var counter = counterByTopic.get(result.topic());
            if (counter != null) {
                counter.increment();
            }
        }
        return results;
    }
}
