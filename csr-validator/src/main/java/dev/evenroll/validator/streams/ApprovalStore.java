package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.enrollment.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The enrollments of one partition that wait, or waited, for a person: store `pending-by-device`, and its
/// index by the time at which each is forgotten, store `pending-by-expiry`. Owner: the task.
final class ApprovalStore {

    /// A time in the index has so many hexadecimal digits, so that the order of text is that of time.
    private static final int TIME_DIGITS = 16;

    private final KeyValueStore<String, PendingEnrollment> store;
    private final KeyValueStore<String, byte[]> byExpiry;
    private final Commits.Part part;

    ApprovalStore(ProcessorContext<?, ?> context, Commits commits) {
        this.store = context.getStateStore(StoreNames.PENDING_BY_DEVICE);
        this.byExpiry = context.getStateStore(StoreNames.PENDING_BY_EXPIRY);
        this.part = commits.begun(StoreNames.PENDING_BY_DEVICE, context.taskId().partition());
    }

    Optional<PendingEnrollment> find(String deviceId, String enrollmentId) {
        return Optional.ofNullable(store.get(KeyWithinDevice.of(deviceId, enrollmentId)));
    }

    /// How many of the device's enrollments nobody has decided.
    long waiting(String deviceId, Instant now) {
        var count = 0L;
        try (var entries = store.prefixScan(KeyWithinDevice.prefix(deviceId), new StringSerializer())) {
            while (entries.hasNext()) {
                if (ApprovalRecords.toDomain(entries.next().value).standing(now) == Approval.Standing.WAITING) {
                    count++;
                }
            }
        }
        return count;
    }

    void put(PendingEnrollment pending) {
        var key = key(pending);
        remove(key);
        store.put(key, pending);
        byExpiry.put(time(pending.getExpiresAt()) + key, new byte[0]);
    }

    /// A certificate was issued: the approval that led to it, if one did, is used up.
    void certified(String deviceId, String enrollmentId, Instant now) {
        find(deviceId, enrollmentId)
                .filter(pending -> ApprovalRecords.toDomain(pending).standing(now) == Approval.Standing.APPROVED)
                .ifPresent(pending -> put(PendingEnrollment.newBuilder(pending)
                        .setCertifiedAt(now)
                        .build()));
    }

    /// Forgets what was approved for the device and has led to no certificate, and what waits: asked again, it is
    /// judged, and waits, by the facts of that moment. What lines of bulk jobs wait for stays, since nobody asks
    /// again for them.
    void forgetOpen(String deviceId, Instant now) {
        var open = new ArrayList<String>();
        try (var entries = store.prefixScan(KeyWithinDevice.prefix(deviceId), new StringSerializer())) {
            entries.forEachRemaining(entry -> {
                var lines = ApprovalRecords.audience(entry.value).jobLines();
                switch (ApprovalRecords.toDomain(entry.value).standing(now)) {
                    case APPROVED -> open.add(entry.key);
                    case WAITING -> {
                        if (lines.isEmpty()) {
                            open.add(entry.key);
                        }
                    }
                    case REJECTED, USED, EXPIRED -> {}
                }
            });
        }
        open.forEach(this::remove);
    }

    void remove(String deviceId, String enrollmentId) {
        remove(KeyWithinDevice.of(deviceId, enrollmentId));
    }

    private void remove(String key) {
        part.changing();
        var before = store.delete(key);
        if (before != null) {
            byExpiry.delete(time(before.getExpiresAt()) + key);
        }
    }

    /// Those whose time is over, the earliest first. Costs what it finds, however many wait.
    ///
    /// @param limit at most so many
    List<PendingEnrollment> expired(Instant now, int limit) {
        var expired = new ArrayList<PendingEnrollment>();
        try (var entries = byExpiry.range(null, time(now.plusMillis(1)))) {
            while (entries.hasNext() && expired.size() < limit) {
                var key = entries.next().key.substring(TIME_DIGITS);
                expired.add(Optional.ofNullable(store.get(key))
                        .orElseThrow(() -> new IllegalStateException(
                                "The store pending-by-expiry names an enrollment that pending-by-device lacks.")));
            }
        }
        return List.copyOf(expired);
    }

    private static String key(PendingEnrollment pending) {
        return KeyWithinDevice.of(
                pending.getRequest().getDeviceId(), pending.getRequest().getEnrollmentId());
    }

    private static String time(Instant time) {
        return HexFormat.of().toHexDigits(time.toEpochMilli());
    }
}
