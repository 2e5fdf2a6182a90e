package dev.evenroll.validator.streams;

/// Names of the nodes that events leave through: children of each processor that emits to them.
final class Sinks {

    static final String DEVICE_REGISTRY = "device-registry";
    static final String ENROLLMENT_REFUSED = "enrollment-refused";
    static final String ENROLLMENT_PENDING = "enrollment-pending";
    static final String ENROLLMENT_AUTHORIZED = "enrollment-authorized";
    static final String KEY_BLOCKED = "key-blocked";
    static final String ENROLLMENT_OUTCOME = "enrollment-outcome";
    static final String JOB_PROGRESSED = "job-progressed";
    static final String SECURITY_OBSERVED = "security-observed";
    static final String DEAD_LETTER = "dead-letter";
    /// Not a topic of the table: the claim on its way into the repartition topic by key.
    static final String KEY_CLAIM = "to-key";
    /// Not a topic of the table: the claim on its way into the repartition topic by policy.
    static final String QUOTA = "to-policy";
    /// Not a topic of the table: the claim on its way back to the device, in the repartition topic by device.
    static final String QUOTA_GRANTED = "to-device";
    /// Not a topic of the table: the certificate on its way into the repartition topic by key.
    static final String KEY_CERTIFIED = "to-certified-key";
    /// Not a topic of the table: encodes the revocation on its way into the repartition topic.
    static final String REVOCATION = "encode";

    private Sinks() {}

    /// The name of the same way out in the sub-topology of keys. A node that both shared would make one
    /// sub-topology of the two, and tie the partitions of keys to those of devices.
    static String ofKeyClaim(String sink) {
        return "key-claim-" + sink;
    }

    /// The name of the same way out in the sub-topology of revocations by certificate, kept apart for
    /// the same reason.
    static String ofRevocation(String sink) {
        return "revocation-" + sink;
    }

    /// The name of the same way out in the sub-topology of policies, kept apart for the same reason.
    static String ofQuota(String sink) {
        return "quota-" + sink;
    }
}
