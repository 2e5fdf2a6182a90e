package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.EnrollmentModel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An enrollment that waits, or waited, for a person.
///
/// | standing | the same request again | a person decides | certificate issued | expired |
/// |---|---|---|---|---|
/// | `WAITING` | judged (1) | `APPROVED` (2) or `REJECTED` | - | refused and forgotten |
/// | `APPROVED` | judged with the approver | no | `USED` | forgotten |
/// | `REJECTED` | refused | no | - | forgotten |
/// | `USED` | judged as if nobody had approved | no | - | forgotten |
///
/// - (1) It waits on, unless the facts have changed: then it goes on, or is refused and waits on.
/// - (2) The request is judged with the approver at once.
/// - no: the command is refused.
///
/// An approval is good for one certificate: when that one is revoked, the same request waits anew.
///
/// @param deviceId the device
/// @param enrollmentId the enrollment
/// @param pendingSince when it was asked for
/// @param expiresAt when it is forgotten
/// @param reason why it waits, in a sentence
/// @param model way that the request took; null when it is one that this version does not know
/// @param policy name of the just-in-time policy, empty when none matched; null when none had to decide
/// @param policyVersion version of the set of policies; null when none had to decide
/// @param requester who asked
/// @param keySha256 the key to be certified: SHA-256 of the SubjectPublicKeyInfo (DER) in hex; null when the
///     request can not be read
/// @param requesterSha256 SHA-256 of the certificate (DER) of who asked, in hex; null when he asks with a
///     token: no certificate beside one is verified
/// @param remoteAddress IP address that the request came from
/// @param decision what a person decided; null until then
/// @param certifiedAt when a certificate was issued after the approval; null until then
public record Approval(
        String deviceId,
        String enrollmentId,
        Instant pendingSince,
        Instant expiresAt,
        String reason,
        @Nullable EnrollmentModel model,
        @Nullable String policy,
        @Nullable String policyVersion,
        String requester,
        @Nullable String keySha256,
        @Nullable String requesterSha256,
        String remoteAddress,
        @Nullable Decision decision,
        @Nullable Instant certifiedAt) {

    /// So many enrollments of one device wait for a person at a time. A device that makes a new key with each
    /// attempt makes a new enrollment with each.
    public static final int MOST_WAITING = 20;

    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);
    private static final int PART_OF_THE_WAIT = 10;

    /// What a person decided.
    ///
    /// @param commandId id of the command
    /// @param actor who decided
    /// @param approved whether it is approved
    /// @param reason why, for people
    /// @param decidedAt when
    public record Decision(String commandId, String actor, boolean approved, String reason, Instant decidedAt) {}

    /// Where it stands.
    public enum Standing {
        /// Nobody has decided.
        WAITING,
        /// A person has approved it, and no certificate has been issued since.
        APPROVED,
        /// A person has rejected it.
        REJECTED,
        /// A person has approved it, and the certificate has been issued.
        USED,
        /// Its time is over, decided or not.
        EXPIRED
    }

    public Standing standing(Instant now) {
        if (!now.isBefore(expiresAt)) {
            return Standing.EXPIRED;
        }
        if (decision == null) {
            return Standing.WAITING;
        }
        if (!decision.approved()) {
            return Standing.REJECTED;
        }
        return certifiedAt == null ? Standing.APPROVED : Standing.USED;
    }

    /// After how many seconds it is worth asking again: a tenth of the time that it has waited, from ten seconds
    /// to ten minutes. Who waits for a person at the site hears soon, who waits for days asks seldom.
    public int retryAfterSeconds(Instant now) {
        var share = Duration.between(pendingSince, now).dividedBy(PART_OF_THE_WAIT);
        return (int) Math.clamp(share.toSeconds(), SHORTEST_RETRY.toSeconds(), LONGEST_RETRY.toSeconds());
    }

    /// A person has rejected it, for the audit log.
    public static Failure rejected(Decision decision) {
        return EnrollmentRules.APPROVAL_REJECTED.failure(decision.actor(), decision.reason());
    }

    /// A person has rejected it, for the requester: without the person.
    public static Failure rejectedForRequester(Decision decision) {
        return EnrollmentRules.APPROVAL_REJECTED_TOLD.failure(decision.reason());
    }

    /// Nobody has decided in time.
    public static Failure expired(Instant expiresAt) {
        return EnrollmentRules.APPROVAL_EXPIRED.failure(expiresAt.toString());
    }

    /// Too many others wait.
    public static Failure queueFull() {
        return EnrollmentRules.APPROVAL_QUEUE.failure(Integer.toString(MOST_WAITING));
    }
}
