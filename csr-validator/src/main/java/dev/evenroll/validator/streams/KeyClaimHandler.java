package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.enrollment.KeyOwnership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Grants a key to the first device that claims it, for ever; a blocked one to nobody; to a renewal only
/// one that has had no certificate, unless the profile lets it keep a key. Step 3 of the enrollment cycle.
final class KeyClaimHandler implements EventHandler<KeyClaimRequested> {

    private final KeyStore keys;
    private final EventFactory events;
    private final Answers answers;
    private final DecisionMetrics metrics;

    KeyClaimHandler(KeyStore keys, EventFactory events, DecisionMetrics metrics) {
        this.keys = keys;
        this.events = events;
        this.answers = new Answers(events);
        this.metrics = metrics;
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    @Override
    public List<Emission> handle(String key, KeyClaimRequested claim) {
        var claimed = new KeyOwnership.Claim(
                claim.getDeviceId(), claim.getEnrollmentId(), claim.getNewKeyRequired(), claim.getOccurredAt());
        return switch (KeyOwnership.decide(keys.find(key), claimed)) {
            case KeyOwnership.Granted(var entry) -> {
                keys.put(key, entry);
                yield granted(claim);
            }
            case KeyOwnership.Denied denied -> deny(key, claim, denied);
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

    private List<Emission> deny(String key, KeyClaimRequested claim, KeyOwnership.Denied denied) {
        metrics.keyDenied(Origin.of(claim), denied);
        var emissions = new ArrayList<>(Refusals.afterAcceptance(claim, denied.failure(), events, answers));
        if (denied instanceof KeyOwnership.Blocked) {
            emissions.add(observation(
                    SecurityObservation.BLOCKED_KEY_PRESENTED,
                    key,
                    claim,
                    "The device " + claim.getDeviceId() + " asked for a certificate for a blocked key. "
                            + "Find out where it has the key from, and have it make a new one.",
                    Map.of()));
        }
        denied.otherDevice()
                .ifPresent(other -> emissions.add(observation(
                        SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE,
                        key,
                        claim,
                        "The device " + claim.getDeviceId()
                                + " asked for a certificate for a key that belongs to the device " + other
                                + ": one of the two holds a copied key. Examine both.",
                        Map.of("otherDeviceId", other))));
        return List.copyOf(emissions);
    }

    private Emission observation(
            SecurityObservation what, String key, KeyClaimRequested claim, String message, Map<String, String> more) {
        var attributes = new HashMap<>(more);
        attributes.put("enrollmentId", claim.getEnrollmentId());
        attributes.put("subjectPublicKeySha256", key);
        attributes.put("remoteAddress", claim.getRemoteAddress());
        return events.observation(what, claim.getDeviceId(), message, attributes);
    }
}
