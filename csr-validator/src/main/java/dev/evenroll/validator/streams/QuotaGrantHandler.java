package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import dev.evenroll.validator.enrollment.KeyOwnership;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Authorizes an enrollment that the quota of its policy has granted, in the partition of its device: an unknown one
/// that the policy lets in is entered in the same transaction, and not before. Part of step 3 of the enrollment cycle.
///
/// Refuses what has been overtaken on its way: the device has begun anew, or the key has been blocked.
final class QuotaGrantHandler implements EventHandler<KeyClaimRequested> {

    private final DeviceStore devices;
    private final EnrollmentStore enrollments;
    private final BlockedKeyStore blockedKeys;
    private final EventFactory events;
    private final Answers answers;
    private final DecisionMetrics metrics;

    QuotaGrantHandler(
            DeviceStore devices,
            EnrollmentStore enrollments,
            BlockedKeyStore blockedKeys,
            EventFactory events,
            DecisionMetrics metrics) {
        this.devices = devices;
        this.enrollments = enrollments;
        this.blockedKeys = blockedKeys;
        this.events = events;
        this.answers = new Answers(events);
        this.metrics = metrics;
    }

    /// @param key device id
    @Override
    public List<Emission> handle(String key, KeyClaimRequested claim) {
        if (!(enrollments.find(key, claim.getEnrollmentId()) instanceof Enrollment.InFlight inFlight)
                || !inFlight.isOf(Acceptances.acceptedAt(claim.getAcceptance()))) {
            // It has ended in another way, and whoever waited was answered then; or it was judged anew since.
            return List.of();
        }
        if (inFlight.outdated()) {
            var failure = EnrollmentRules.DEVICE_CHANGED.failure();
            metrics.overtaken(Origin.of(claim), failure);
            return Refusals.afterAcceptance(claim, failure, events, answers);
        }
        return blockedKeys.contains(Bytes.der(claim.getSubjectPublicKeyInfo()).sha256Hex())
                ? refuseBlocked(claim)
                : authorize(key, claim);
    }

    /// As the key claim does, which was before the block.
    private List<Emission> refuseBlocked(KeyClaimRequested claim) {
        var blocked = new KeyOwnership.Blocked(Optional.empty());
        metrics.keyDenied(Origin.of(claim), blocked);
        var emissions = new ArrayList<>(Refusals.afterAcceptance(claim, blocked.failure(), events, answers));
        emissions.add(new KeyObservations(events).blockedKeyPresented(claim));
        return List.copyOf(emissions);
    }

    private List<Emission> authorize(String deviceId, KeyClaimRequested claim) {
        var emissions = new ArrayList<Emission>();
        var origin = Origin.of(claim);
        if (claim.getAdmission() != null && devices.find(deviceId) instanceof DeviceLife.Unregistered unknown) {
            // One that is to wait in quarantine has waited, and is there.
            emissions.add(devices.put(unknown.admitted(
                    new DeviceId(deviceId),
                    DeviceRecords.toDomain(claim.getAdmission()),
                    origin.policyName(),
                    false,
                    events.now())));
        }
        metrics.authorized(origin);
        emissions.add(events.authorization(claim));
        return List.copyOf(emissions);
    }
}
