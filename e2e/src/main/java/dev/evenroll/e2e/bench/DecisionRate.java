package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/// Measures how fast csr-validator decides: requests are put on its topic in the place of the gateway, and its
/// decisions are read in the place of the issuer.
///
/// @param gateway to write enrollment.requested as the gateway
/// @param issuer to read enrollment.authorized as the issuer
record DecisionRate(KafkaSettings gateway, KafkaSettings issuer) {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Codec<EnrollmentAuthorized> AUTHORIZED = Codec.of(EnrollmentAuthorized.class);

    /// Decisions per second, from the first request that is sent to the last decision that can be read.
    ///
    /// @throws IllegalStateException when not every request was accepted in time
    double of(List<EnrollmentRequested> requests) {
        var expected = requests.stream()
                .map(EnrollmentRequested::getEnrollmentId)
                .collect(Collectors.toCollection(HashSet::new));
        var environment = gateway.environment();
        try (var producer = new KafkaProducer<String, byte[]>(gateway.producer());
                var consumer = new KafkaConsumer<String, byte[]>(issuer.reader())) {
            startAtTheEnd(consumer);
            var begun = System.nanoTime();
            for (var request : requests) {
                var _ = producer.send(
                        Outgoing.to(Topics.ENROLLMENT_REQUESTED, environment, request.getDeviceId(), request));
            }
            producer.flush();
            while (!expected.isEmpty()) {
                for (var record : consumer.poll(POLL)) {
                    expected.remove(enrollmentId(record.value()));
                }
                if (System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw new IllegalStateException(expected.size() + " of " + requests.size()
                            + " requests were not authorized: see enrollment.refused and the log of csr-validator.");
                }
            }
            return requests.size() * 1e9 / (System.nanoTime() - begun);
        }
    }

    private void startAtTheEnd(KafkaConsumer<String, byte[]> consumer) {
        var topic = Topics.ENROLLMENT_AUTHORIZED.name(issuer.environment());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private static String enrollmentId(byte[] value) {
        try {
            return AUTHORIZED.decode(value).getEnrollmentId();
        } catch (UndecodableException e) {
            throw new IllegalStateException("enrollment.authorized holds something else: " + e.getMessage(), e);
        }
    }
}
