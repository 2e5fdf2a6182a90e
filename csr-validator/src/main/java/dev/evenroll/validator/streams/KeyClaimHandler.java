package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.enrollment.KeyOwnership;
import java.util.ArrayList;
import java.util.List;

/// Grants a key to the first device that claims it, for ever; a blocked one to nobody; to a renewal only
/// one that has had no certificate, unless the profile lets it keep a key. Step 3 of the enrollment cycle.
final class KeyClaimHandler implements EventHandler<KeyClaimRequested> {

    private final KeyStore keys;
    private final EventFactory events;
    private final Answers answers;
    private final KeyObservations observations;
    private final DecisionMetrics metrics;

    KeyClaimHandler(KeyStore keys, EventFactory events, DecisionMetrics metrics) {
        this.keys = keys;
        this.events = events;
        this.answers = new Answers(events);
        this.observations = new KeyObservations(events);
        this.metrics = metrics;
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    @Override
    public List<Emission> handle(String key, KeyClaimRequested claim) {
        var claimed = new KeyOwnership.Claim(
                claim.getDeviceId(), claim.getEnrollmentId(), claim.getNewKeyRequired(), claim.getOccurredAt());
        var before = keys.find(key);
        return switch (KeyOwnership.decide(before.entry(), claimed)) {
            case KeyOwnership.Granted(var entry) -> {
                keys.put(before, entry);
                yield granted(claim);
            }
            case KeyOwnership.Denied denied -> deny(claim, denied);
        };
    }

    /// Under a quota, that has the last word: what the key claim refuses is not counted.
    private List<Emission> granted(KeyClaimRequested claim) {
        metrics.keyGranted();
        var origin = Origin.of(claim);
        if (claim.getQuotaPerHour() != null) {
            return List.of(Emission.to(Sinks.QUOTA, origin.policyName(), claim));
        }
        metrics.authorized(origin);
        return List.of(events.authorization(claim));
    }

    private List<Emission> deny(KeyClaimRequested claim, KeyOwnership.Denied denied) {
        metrics.keyDenied(Origin.of(claim), denied);
        var emissions = new ArrayList<>(Refusals.afterAcceptance(claim, denied.failure(), events, answers));
        if (denied instanceof KeyOwnership.Blocked) {
            emissions.add(observations.blockedKeyPresented(claim));
        }
        denied.otherDevice().ifPresent(other -> emissions.add(observations.claimedByAnother(claim, other)));
        return List.copyOf(emissions);
    }
}
