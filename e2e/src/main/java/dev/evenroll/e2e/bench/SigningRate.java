package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/// Measures how fast the issuer issues: enrollments are authorized in the place of csr-validator, and the certificates
/// are read in the place of revocation-service.
final class SigningRate {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int KEYS = 64;
    private static final int NO_REPLY = -1;
    private static final Codec<CertificateIssued> ISSUED = Codec.of(CertificateIssued.class);

    private final KafkaSettings validator;
    private final KafkaSettings reader;
    private final InstantSource clock;
    private final List<ByteBuffer> keys = IntStream.range(0, KEYS)
            .mapToObj(_ -> ByteBuffer.wrap(Keys.generateP256().getPublic().getEncoded()))
            .toList();
    private int devices;

    /// @param validator to write enrollment.authorized as csr-validator
    /// @param reader to read certificate.issued
    SigningRate(KafkaSettings validator, KafkaSettings reader, InstantSource clock) {
        this.validator = validator;
        this.reader = reader;
        this.clock = clock;
    }

    /// Certificates per second, each for another device: from the first authorization that is sent to the last
    /// certificate that can be read.
    ///
    /// @throws IllegalStateException when not every one was issued in time
    double of(int certificates) {
        var environment = validator.environment();
        try (var producer = new KafkaProducer<String, byte[]>(validator.producer());
                var consumer = new KafkaConsumer<String, byte[]>(reader.reader())) {
            TopicTail.startAtTheEnd(consumer, Topics.CERTIFICATE_ISSUED.name(reader.environment()));
            var authorizations =
                    IntStream.range(0, certificates).mapToObj(_ -> authorized()).toList();
            var expected = authorizations.stream()
                    .map(EnrollmentAuthorized::getEnrollmentId)
                    .collect(Collectors.toCollection(HashSet::new));
            var begun = System.nanoTime();
            for (var authorized : authorizations) {
                var _ = producer.send(
                        Outgoing.to(Topics.ENROLLMENT_AUTHORIZED, environment, authorized.getDeviceId(), authorized));
            }
            producer.flush();
            while (!expected.isEmpty()) {
                for (var record : consumer.poll(POLL)) {
                    expected.remove(enrollmentId(record.value()));
                }
                if (System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw new IllegalStateException(
                            expected.size() + " certificates were not issued: see the log of issuer.");
                }
            }
            return certificates * 1e9 / (System.nanoTime() - begun);
        }
    }

    private EnrollmentAuthorized authorized() {
        var number = devices++;
        var deviceId = BulkRegistration.deviceId(number);
        var requester = Der.of(deviceId.getBytes(StandardCharsets.US_ASCII));
        return EnrollmentAuthorized.newBuilder()
                .setEnvironment(validator.environment())
                .setOccurredAt(clock.instant())
                .setEnrollmentId(EnrollmentId.of(requester, requester).value())
                .setDeviceId(deviceId)
                .setProfile("charging-station")
                .setOrganization("Stadtwerke Beispiel")
                .setSubjectPublicKeyInfo(keys.get(number % KEYS))
                .setReplyPartition(NO_REPLY)
                .build();
    }

    private static String enrollmentId(byte[] value) {
        try {
            return ISSUED.decode(value).getEnrollmentId();
        } catch (UndecodableException e) {
            throw new IllegalStateException("certificate.issued holds something else: " + e.getMessage(), e);
        }
    }
}
