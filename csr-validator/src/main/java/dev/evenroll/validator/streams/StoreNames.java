package dev.evenroll.validator.streams;

/// Names of the state stores; the changelog topics are named after them, so that a name can never
/// change.
public final class StoreNames {

    /// Device id to RegisteredDevice. Written by [DeviceCommandHandler], [Decisions], [DeviceTokens],
    /// [QuotaGrantHandler] and [IssuanceHandler]; read by the administration interface.
    public static final String DEVICE_BY_ID = "device-by-id";
    /// Device id, NUL, command id to RememberedCommand. Written by [CommandStore]; read by the administration
    /// interface.
    static final String COMMAND_BY_DEVICE = "command-by-device";
    /// Device id, NUL, enrollment id to EnrollmentState. Written by the handlers of requests, refusals
    /// and issuances.
    static final String ENROLLMENT_BY_DEVICE = "enrollment-by-device";
    /// Device id, NUL, certificate id to RevokedOfDevice. Written by [CertificateStore]. Its name is older than
    /// what else it holds now.
    static final String REVOCATION_BY_DEVICE = "revocation-by-device";
    /// Device id to DeviceToken. Written by [DeviceTokens].
    static final String TOKEN_BY_DEVICE = "token-by-device";
    /// Device id, NUL, enrollment id to PendingEnrollment. Written by [ApprovalStore]; read by the
    /// administration interface.
    static final String PENDING_BY_DEVICE = "pending-by-device";
    /// Time in hex, device id, NUL, enrollment id to nothing. Written by [ApprovalStore].
    static final String PENDING_BY_EXPIRY = "pending-by-expiry";
    /// SHA-256 of a SubjectPublicKeyInfo in hex to KeyClaim. Written by [KeyClaimHandler],
    /// [KeyCommandHandler] and [KeyCertifiedHandler]; nothing is ever removed. Read by the administration
    /// interface.
    static final String KEY_CLAIM_BY_SPKI = "key-claim-by-spki";
    /// Name of a policy, or that, NUL, enrollment id, to QuotaUse. Written by [QuotaHandler].
    static final String QUOTA_BY_POLICY = "quota-by-policy";
    /// Name of a registration authority to RegistrationAuthority, as it stands on its topic: global, in
    /// memory, without a changelog. Written by [GlobalCopy]; read by the administration interface.
    static final String REGISTRATION_AUTHORITY = "registration-authority";

    /// SHA-256 of a SubjectPublicKeyInfo in hex to KeyBlocked, as it stands on its topic: global, in memory,
    /// without a changelog. Written by [GlobalCopy]; read by the administration interface.
    static final String BLOCKED_KEY = "blocked-key";

    private StoreNames() {}
}
