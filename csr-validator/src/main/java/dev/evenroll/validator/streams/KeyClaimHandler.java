package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.enrollment.KeyOwnership;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/// Grants a key to the first device that claims it, for ever. Step 3 of the enrollment cycle.
///
/// Owner of the store `key-claim-by-spki`.
final class KeyClaimHandler {

    private final KeyValueStore<String, KeyClaim> claims;
    private final EventFactory events;
    private final DecisionMetrics metrics;

    KeyClaimHandler(KeyValueStore<String, KeyClaim> claims, EventFactory events, DecisionMetrics metrics) {
        this.claims = claims;
        this.events = events;
        this.metrics = metrics;
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    List<Emission> handle(String key, KeyClaimRequested request) {
        var holder = claims.get(key);
        return switch (KeyOwnership.decide(holder == null ? null : holder.getDeviceId(), request.getDeviceId())) {
            case KeyOwnership.Granted(boolean first) -> {
                if (first) {
                    claims.put(
                            key,
                            KeyClaim.newBuilder()
                                    .setDeviceId(request.getDeviceId())
                                    .setClaimedAt(request.getOccurredAt())
                                    .build());
                }
                metrics.keyGranted();
                yield List.of(authorization(request));
            }
            case KeyOwnership.Taken taken -> refuse(key, request, taken);
        };
    }

    private Emission authorization(KeyClaimRequested request) {
        var event = EnrollmentAuthorized.newBuilder()
                .setEnvironment(events.environment())
                .setOccurredAt(events.now())
                .setEnrollmentId(request.getEnrollmentId())
                .setDeviceId(request.getDeviceId())
                .setProfile(request.getProfile())
                .setOrganization(request.getOrganization())
                .setSubjectPublicKeyInfo(request.getSubjectPublicKeyInfo())
                .setReplyPartition(request.getReplyPartition())
                .build();
        return Emission.to(Sinks.ENROLLMENT_AUTHORIZED, request.getDeviceId(), event);
    }

    private List<Emission> refuse(String key, KeyClaimRequested request, KeyOwnership.Taken taken) {
        metrics.keyTaken();
        metrics.refused(List.of(taken.failure()));
        var findings = EventFactory.findings(List.of(taken.failure()));
        var attributes = Map.of(
                "enrollmentId", request.getEnrollmentId(),
                "otherDeviceId", taken.holder(),
                "subjectPublicKeySha256", key,
                "remoteAddress", request.getRemoteAddress());
        return List.of(
                events.refusal(
                        request.getEnrollmentId(),
                        request.getDeviceId(),
                        findings,
                        request.getRemoteAddress(),
                        request.getReplyPartition()),
                events.refusedOutcome(
                        request.getEnrollmentId(), request.getDeviceId(), findings, request.getReplyPartition()),
                events.observation(
                        SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE,
                        request.getDeviceId(),
                        "The device " + request.getDeviceId()
                                + " asked for a certificate for a key that belongs to the device " + taken.holder()
                                + ": one of the two holds a copied key. Examine both.",
                        attributes));
    }
}
