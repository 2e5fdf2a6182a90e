package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;

/// Authorizes an enrollment that the quota of its policy has granted, in the partition of its device: an unknown one
/// that the policy lets in is entered in the same transaction, and not before. Part of step 3 of the enrollment cycle.
final class QuotaGrantHandler implements EventHandler<KeyClaimRequested> {

    private final DeviceStore devices;
    private final EventFactory events;
    private final DecisionMetrics metrics;

    QuotaGrantHandler(DeviceStore devices, EventFactory events, DecisionMetrics metrics) {
        this.devices = devices;
        this.events = events;
        this.metrics = metrics;
    }

    /// @param key device id
    @Override
    public List<Emission> handle(String key, KeyClaimRequested claim) {
        var emissions = new ArrayList<Emission>();
        var origin = Origin.of(claim);
        if (claim.getAdmission() != null && devices.find(key) instanceof DeviceLife.Unregistered unknown) {
            // One that is to wait in quarantine has waited, and is there.
            emissions.add(devices.put(unknown.admitted(
                    new DeviceId(key),
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
