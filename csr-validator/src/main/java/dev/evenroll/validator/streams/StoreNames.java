package dev.evenroll.validator.streams;

/// Names of the state stores; the changelog topics are named after them, so that a name can never
/// change.
public final class StoreNames {

    /// Device id to RegisteredDevice. Written by [DeviceCommandHandler] and [IssuanceHandler]; read by
    /// the administration interface.
    public static final String DEVICE_BY_ID = "device-by-id";
    /// Device id, NUL, enrollment id to EnrollmentState. Written by the handlers of requests, refusals
    /// and issuances.
    static final String ENROLLMENT_BY_DEVICE = "enrollment-by-device";
    /// Device id, NUL, certificate id to RevokedOfDevice. Written by [RevocationHandler] and
    /// [IssuanceHandler].
    static final String REVOCATION_BY_DEVICE = "revocation-by-device";
    /// SHA-256 of a SubjectPublicKeyInfo in hex to KeyClaim. Written by [KeyClaimHandler] only; nothing
    /// is ever removed.
    static final String KEY_CLAIM_BY_SPKI = "key-claim-by-spki";

    private StoreNames() {}
}
