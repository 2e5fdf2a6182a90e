package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.state.EnrollmentInFlight;
import dev.evenroll.schemas.state.EnrollmentIssued;
import dev.evenroll.schemas.state.EnrollmentState;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.validation.Judge;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The enrollments of one partition: store `enrollment-by-device` in the words of the domain. Owner:
/// the task.
final class EnrollmentStore {

    private final KeyValueStore<String, EnrollmentState> store;

    EnrollmentStore(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(StoreNames.ENROLLMENT_BY_DEVICE);
    }

    @Nullable
    Enrollment find(String deviceId, String enrollmentId) {
        var state = store.get(KeyWithinDevice.of(deviceId, enrollmentId));
        return state == null ? null : toDomain(state);
    }

    void put(String deviceId, String enrollmentId, Enrollment enrollment) {
        store.put(KeyWithinDevice.of(deviceId, enrollmentId), toRecord(enrollment));
    }

    void remove(String deviceId, String enrollmentId) {
        store.delete(KeyWithinDevice.of(deviceId, enrollmentId));
    }

    /// Forgets the device's enrollments whose certificates have expired so long ago that no policy renews them.
    void removeExpired(String deviceId, Instant now) {
        removeIssued(deviceId, issued -> issued.expired(now.minus(Judge.LONGEST_RENEWAL_GRACE)));
    }

    /// Forgets the device's enrollments that ended with the certificate.
    void removeIssued(String deviceId, CertificateId certificate) {
        removeIssued(deviceId, issued -> issued.certificateId().equals(certificate));
    }

    /// The device begins anew: forgets its enrollments that ended with a certificate, and outdates those in flight.
    ///
    /// @return what is forgotten
    List<Enrollment.Issued> endLife(String deviceId) {
        all(deviceId).forEach((key, enrollment) -> {
            if (enrollment instanceof Enrollment.InFlight inFlight) {
                store.put(key, toRecord(inFlight.outdate()));
            }
        });
        return removeIssued(deviceId, issued -> true);
    }

    private List<Enrollment.Issued> removeIssued(String deviceId, Predicate<Enrollment.Issued> condition) {
        var removed = new ArrayList<Enrollment.Issued>();
        all(deviceId).forEach((key, enrollment) -> {
            if (enrollment instanceof Enrollment.Issued issued && condition.test(issued)) {
                store.delete(key);
                removed.add(issued);
            }
        });
        return List.copyOf(removed);
    }

    /// The device's enrollments in flight, by enrollment id.
    Map<String, Enrollment.InFlight> inFlight(String deviceId) {
        var found = new TreeMap<String, Enrollment.InFlight>();
        all(deviceId).forEach((key, enrollment) -> {
            if (enrollment instanceof Enrollment.InFlight inFlight) {
                found.put(KeyWithinDevice.name(deviceId, key), inFlight);
            }
        });
        return found;
    }

    /// How many of the device's enrollments are such ones.
    ///
    /// @param condition of enrollment id and enrollment
    long count(String deviceId, BiPredicate<String, Enrollment> condition) {
        return all(deviceId).entrySet().stream()
                .filter(entry -> condition.test(KeyWithinDevice.name(deviceId, entry.getKey()), entry.getValue()))
                .count();
    }

    /// The device's enrollments by their keys in the store.
    private Map<String, Enrollment> all(String deviceId) {
        var found = new TreeMap<String, Enrollment>();
        try (var entries = store.prefixScan(KeyWithinDevice.prefix(deviceId), new StringSerializer())) {
            entries.forEachRemaining(entry -> found.put(entry.key, toDomain(entry.value)));
        }
        return found;
    }

    private static Enrollment toDomain(EnrollmentState state) {
        return switch (state.getProgress()) {
            case EnrollmentInFlight inFlight -> inFlight(inFlight);
            case EnrollmentIssued issued ->
                new Enrollment.Issued(Bytes.der(issued.getCertificate()), issued.getNotAfter());
            default ->
                throw new IllegalStateException("The store enrollment-by-device holds progress of an unknown kind.");
        };
    }

    /// The first partition is the one that others answer.
    private static Enrollment.InFlight inFlight(EnrollmentInFlight record) {
        var partitions = record.getReplyPartitions();
        return new Enrollment.InFlight(
                record.getAcceptedAt(),
                partitions.getFirst(),
                new Audience(partitions.subList(1, partitions.size()), JobLines.toDomain(record.getJobLines())),
                record.getOutdated());
    }

    private static List<Integer> partitions(Enrollment.InFlight inFlight) {
        return Stream.concat(Stream.of(inFlight.firstPartition()), inFlight.others().partitions().stream())
                .toList();
    }

    private static EnrollmentState toRecord(Enrollment enrollment) {
        Object progress = switch (enrollment) {
            case Enrollment.InFlight inFlight ->
                EnrollmentInFlight.newBuilder()
                        .setAcceptedAt(inFlight.acceptedAt())
                        .setReplyPartitions(partitions(inFlight))
                        .setJobLines(JobLines.toRecords(inFlight.others().jobLines()))
                        .setOutdated(inFlight.outdated())
                        .build();
            case Enrollment.Issued issued ->
                EnrollmentIssued.newBuilder()
                        .setCertificate(ByteBuffer.wrap(issued.certificate().bytes()))
                        .setNotAfter(issued.notAfter())
                        .build();
        };
        return EnrollmentState.newBuilder().setProgress(progress).build();
    }
}
