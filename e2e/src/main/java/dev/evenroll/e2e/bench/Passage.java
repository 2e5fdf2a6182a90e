package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/// From one topic to another: a backlog of enrollments is written in the place of whoever writes the first, and what
/// comes of each is read in the place of whoever reads the second.
///
/// @param writer writes the first topic
/// @param from the first topic
/// @param key what its records are keyed by
/// @param sent the enrollment of a record that is written
/// @param reader reads the second topic
/// @param to the second topic
/// @param arrived the enrollment of a record that is read
record Passage<T extends SpecificRecordBase>(
        KafkaSettings writer,
        Topic from,
        Function<T, String> key,
        Function<T, String> sent,
        KafkaSettings reader,
        Topic to,
        Function<byte[], String> arrived) {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Codec<EnrollmentAuthorized> AUTHORIZED = Codec.of(EnrollmentAuthorized.class);
    private static final Codec<EnrollmentOutcome> OUTCOME = Codec.of(EnrollmentOutcome.class);

    /// Through csr-validator: from the request to the decision.
    static Passage<EnrollmentRequested> decision(KafkaSettings gateway, KafkaSettings issuer) {
        return new Passage<>(
                gateway,
                Topics.ENROLLMENT_REQUESTED,
                EnrollmentRequested::getDeviceId,
                EnrollmentRequested::getEnrollmentId,
                issuer,
                Topics.ENROLLMENT_AUTHORIZED,
                Passage::authorized);
    }

    /// Through everything: from the request to the certificate.
    static Passage<EnrollmentRequested> pipeline(KafkaSettings gateway) {
        return new Passage<>(
                gateway,
                Topics.ENROLLMENT_REQUESTED,
                EnrollmentRequested::getDeviceId,
                EnrollmentRequested::getEnrollmentId,
                gateway,
                Topics.ENROLLMENT_OUTCOME,
                Passage::issued);
    }

    /// Through the issuer: from the decision to the certificate.
    static Passage<EnrollmentAuthorized> issuance(KafkaSettings validator, KafkaSettings gateway) {
        return new Passage<>(
                validator,
                Topics.ENROLLMENT_AUTHORIZED,
                EnrollmentAuthorized::getDeviceId,
                EnrollmentAuthorized::getEnrollmentId,
                gateway,
                Topics.ENROLLMENT_OUTCOME,
                Passage::issued);
    }

    /// Enrollments per second, from the first record that is written to the last that can be read.
    ///
    /// @throws IllegalStateException when not each of them arrived in time
    double perSecond(List<T> enrollments) {
        var expected = enrollments.stream().map(sent).collect(Collectors.toCollection(HashSet::new));
        try (var producer = new KafkaProducer<String, byte[]>(writer.producer());
                var consumer = new KafkaConsumer<String, byte[]>(reader.reader())) {
            TopicTail.startAtTheEnd(consumer, to.name(reader.environment()));
            var begun = System.nanoTime();
            for (var enrollment : enrollments) {
                var _ = producer.send(Outgoing.to(from, writer.environment(), key.apply(enrollment), enrollment));
            }
            producer.flush();
            while (!expected.isEmpty()) {
                for (var record : consumer.poll(POLL)) {
                    expected.remove(arrived.apply(record.value()));
                }
                if (System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw new IllegalStateException(expected.size() + " of " + enrollments.size()
                            + " enrollments have not come to " + to.aggregateEvent()
                            + ": see enrollment.refused, and the logs of the services.");
                }
            }
            return enrollments.size() * 1e9 / (System.nanoTime() - begun);
        }
    }

    private static String authorized(byte[] value) {
        return decode(AUTHORIZED, Topics.ENROLLMENT_AUTHORIZED, value).getEnrollmentId();
    }

    private static String issued(byte[] value) {
        var outcome = decode(OUTCOME, Topics.ENROLLMENT_OUTCOME, value);
        if (!(outcome.getResult() instanceof Issued)) {
            throw new IllegalStateException("An enrollment ended otherwise than with a certificate: " + outcome);
        }
        return outcome.getEnrollmentId();
    }

    private static <T extends SpecificRecordBase> T decode(Codec<T> codec, Topic topic, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableException e) {
            throw new IllegalStateException(topic.aggregateEvent() + " holds something else: " + e.getMessage(), e);
        }
    }
}
