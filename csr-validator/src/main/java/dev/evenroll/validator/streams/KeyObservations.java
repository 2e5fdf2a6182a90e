package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.state.KeyCertified;
import dev.evenroll.schemas.state.KeyClaimRequested;
import java.util.HashMap;
import java.util.Map;

/// What a person has to hear of a key: it is blocked, or two devices have it.
final class KeyObservations {

    private static final String KEY = "subjectPublicKeySha256";

    private final EventFactory events;

    KeyObservations(EventFactory events) {
        this.events = events;
    }

    /// A device asks for a certificate for a blocked key.
    Emission blockedKeyPresented(KeyClaimRequested claim) {
        return ofClaim(
                SecurityObservation.BLOCKED_KEY_PRESENTED,
                claim,
                "The device " + claim.getDeviceId() + " asked for a certificate for a blocked key. "
                        + "Find out where it has the key from, and have it make a new one.",
                Map.of());
    }

    /// A device asks for a certificate for the key of another.
    Emission claimedByAnother(KeyClaimRequested claim, String otherDevice) {
        return ofClaim(
                SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE,
                claim,
                "The device " + claim.getDeviceId() + " asked for a certificate for a key that belongs to the device "
                        + otherDevice + ": one of the two holds a copied key. Examine both.",
                Map.of("otherDeviceId", otherDevice));
    }

    /// A certificate was under way when its key was blocked: whoever blocked it was not told of this one.
    ///
    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    Emission certifiedThoughBlocked(String key, KeyCertified certified) {
        return events.observation(
                SecurityObservation.OTHER,
                certified.getDeviceId(),
                "A certificate was issued for the device " + certified.getDeviceId() + " after its key had been "
                        + "blocked: revoke the certificate " + certified.getCertificateId() + ".",
                Map.of("certificateId", certified.getCertificateId(), KEY, key));
    }

    private Emission ofClaim(
            SecurityObservation what, KeyClaimRequested claim, String message, Map<String, String> more) {
        var attributes = new HashMap<>(more);
        attributes.put("enrollmentId", claim.getEnrollmentId());
        attributes.put(KEY, Bytes.der(claim.getSubjectPublicKeyInfo()).sha256Hex());
        attributes.put("remoteAddress", claim.getRemoteAddress());
        return events.observation(what, claim.getDeviceId(), message, attributes);
    }
}
