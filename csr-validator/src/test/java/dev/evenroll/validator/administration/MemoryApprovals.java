package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.enrollment.ApprovalDirectory;
import dev.evenroll.validator.enrollment.ApprovalPage;
import dev.evenroll.validator.enrollment.ApprovalPlace;
import dev.evenroll.validator.enrollment.ApprovalQuery;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Enrollments that wait for a person, without Kafka: a decision counts when the registry has applied its
/// command.
@Singleton
public final class MemoryApprovals implements ApprovalDirectory {

    private final ConcurrentNavigableMap<ApprovalPlace, Approval> approvals = new ConcurrentSkipListMap<>();
    private final Call call;
    private volatile Set<Integer> partitions = MemoryRegistry.EVERYTHING;
    private volatile Set<String> there = Set.of();

    MemoryApprovals(Call call) {
        this.call = call;
    }

    void clear() {
        approvals.clear();
        partitions = MemoryRegistry.EVERYTHING;
        there = Set.of();
    }

    void hold(Set<Integer> some) {
        partitions = some;
    }

    /// Has another replica hold the partition 0 with these devices.
    void split(Set<String> devices) {
        partitions = Set.of(1);
        there = devices;
    }

    void wait(String deviceId, String enrollmentId) {
        put(deviceId, enrollmentId, null);
    }

    private void put(String deviceId, String enrollmentId, Approval.@Nullable Decision decision) {
        approvals.put(
                new ApprovalPlace(deviceId, enrollmentId),
                new Approval(
                        deviceId,
                        enrollmentId,
                        MemoryRegistry.NOW,
                        MemoryRegistry.NOW.plus(Duration.ofDays(7)),
                        "pilot phase",
                        EnrollmentModel.JUST_IN_TIME,
                        "rollout",
                        "a@0123456789ab",
                        "serialNumber=" + deviceId,
                        "ab".repeat(32),
                        "cd".repeat(32),
                        "192.0.2.1",
                        decision,
                        null));
    }

    void follow(DeviceCommand command, DeviceLife.Known device) {
        if (command instanceof DeviceCommand.DecideEnrollment decide
                && device.entry().lastCommand().applied()) {
            put(
                    decide.deviceId().value(),
                    decide.enrollmentId(),
                    new Approval.Decision(
                            decide.commandId(),
                            decide.actor(),
                            decide.approved(),
                            decide.reason(),
                            MemoryRegistry.NOW));
        }
    }

    @Override
    public Optional<Approval> find(DeviceId deviceId, String enrollmentId) {
        return Optional.ofNullable(approvals.get(new ApprovalPlace(deviceId.value(), enrollmentId)));
    }

    @Override
    public ApprovalPage list(ApprovalQuery query) {
        var after = query.after();
        var following = after == null ? approvals : approvals.tailMap(after, false);
        var looked = call.isForwarded() && !there.isEmpty() ? Set.of(0) : partitions;
        var matching = following.values().stream()
                .filter(query::matches)
                .filter(approval -> there.isEmpty() || there.contains(approval.deviceId()) == call.isForwarded())
                .limit(query.limit() + 1L)
                .toList();
        return matching.size() <= query.limit()
                ? new ApprovalPage(matching, null, looked)
                : new ApprovalPage(
                        matching.subList(0, query.limit()), ApprovalPlace.of(matching.get(query.limit() - 1)), looked);
    }
}
