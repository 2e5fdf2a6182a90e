package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.time.Instant;
import java.util.List;

/// The rules beside those of the judgement: what comes after it, and what a person decides.
public final class EnrollmentRules {

    private static final String EVENROLL = "Evenroll";

    /// The key belongs to another device. Not who: that is not for the ears of the claimant.
    public static final RuleText KEY_CLAIM = new RuleText(
            "key-claim",
            "Evenroll, promise 1: one key, one device",
            "a key that another device has claimed before, across all models",
            "key: belongs to another device; make a new key pair on this device and enroll with it");

    /// A person has blocked the key.
    public static final RuleText KEY_BLOCKED = new RuleText(
            "key-blocked",
            "NIST SP 800-57 part 1 rev. 5 section 8.3.5",
            "a key that a person has blocked",
            "key: is blocked; make a new key pair on this device and enroll with it");

    /// A renewal goes on with a key that has been certified, though not by the certificate it renews with.
    public static final RuleText KEY_NOT_NEW = new RuleText(
            "renewal-new-key",
            "NIST SP 800-57 part 1 rev. 5 section 5.3 (cryptoperiods); evenroll.profile.same-key-on-renewal",
            "a renewal for a key of any former certificate of the device, where the profile does not allow it",
            "key: has had a certificate before; make a new key pair and request again");

    static final RuleText POLICY_QUOTA = new RuleText(
            "policy-quota",
            "the policy (quotaPerHour)",
            "more certificates in a clock hour (UTC) than the policy allows",
            "policy: the quota of <name>, <number> in a clock hour, is used up; ask again after <time>");

    static final RuleText APPROVAL_REJECTED = new RuleText(
            "approval-rejected",
            EVENROLL,
            "what a person has rejected, until the request would have expired",
            "enrollment: was rejected by <person> (<reason>); mend the cause and make a new request");

    /// The same for the requester, who need not know who rejected.
    static final RuleText APPROVAL_REJECTED_TOLD = new RuleText(
            "approval-rejected",
            EVENROLL,
            "the same, as the requester is told",
            "enrollment: was rejected by a person (<reason>); mend the cause and make a new request");

    static final RuleText APPROVAL_EXPIRED = new RuleText(
            "approval-expired",
            "the policy (approvalExpires)",
            "what no person has decided in time",
            "enrollment: nobody had decided it by <time>; make the request again and have it decided in time");

    static final RuleText APPROVAL_QUEUE = new RuleText(
            "approval-queue",
            EVENROLL,
            "what would wait for a person beside too many others of the device",
            "enrollment: <number> others of this device wait for a person already; have those decided first");

    static final RuleText JOB_LINES = new RuleText(
            "job-lines",
            EVENROLL,
            "a line of a bulk job that repeats what too many lines have said",
            "line: <number> lines wait for this request already; send each request once");

    /// The certificate was revoked before everybody had heard of it.
    public static final RuleText CERTIFICATE_REVOKED = new RuleText(
            "certificate-revoked",
            EVENROLL,
            "an enrollment whose certificate was revoked before it was handed out",
            "certificate: was issued, and has been revoked since; make the request again for another one");

    /// The certificate was issued for what the device is no more.
    public static final RuleText DEVICE_CHANGED = new RuleText(
            "device-changed",
            "OCPP 2.0.1 A00.FR.509: O is the operator; NIST SP 800-53 AC-2",
            "an enrollment whose device has got another owner, or was decommissioned, before its certificate was "
                    + "issued",
            "device: has got another owner, or was decommissioned, while the certificate was made; "
                    + "make the request again");

    /// Nobody has answered the enrollment, and the device has gone on with another.
    public static final RuleText UNANSWERED = new RuleText(
            "enrollment-unanswered",
            "evenroll.enrollment.in-flight-limit",
            "an enrollment that was accepted, and that the CA has not answered in time, once the device gets on with "
                    + "another",
            "enrollment: the CA did not answer it in time; make the request again");

    /// The same request as one that the CA has never answered, from before the device began anew.
    public static final RuleText REQUEST_OUTDATED = new RuleText(
            "device-changed",
            "OCPP 2.0.1 A00.FR.509: O is the operator; NIST SP 800-53 AC-2",
            "the same request as one that the CA has not answered in time, where the device has got another owner, or "
                    + "was decommissioned, in between",
            "device: has got another owner, or was decommissioned, since this request was first made; make a new one, "
                    + "with a new key pair");

    private EnrollmentRules() {}

    /// All of them, in the order in which an enrollment meets them.
    public static List<RuleText> texts() {
        return List.of(
                APPROVAL_QUEUE,
                APPROVAL_REJECTED,
                APPROVAL_REJECTED_TOLD,
                APPROVAL_EXPIRED,
                POLICY_QUOTA,
                KEY_CLAIM,
                KEY_BLOCKED,
                KEY_NOT_NEW,
                CERTIFICATE_REVOKED,
                DEVICE_CHANGED,
                REQUEST_OUTDATED,
                UNANSWERED,
                JOB_LINES);
    }

    /// Too many lines wait for one enrollment.
    public static Failure tooManyJobLines() {
        return JOB_LINES.failure(Integer.toString(Audience.MOST_JOB_LINES));
    }

    static Failure quotaExhausted(String policy, int perHour, Instant nextHour) {
        return POLICY_QUOTA.failure(policy, Integer.toString(perHour), nextHour.toString());
    }
}
