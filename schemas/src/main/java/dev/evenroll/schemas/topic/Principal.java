package dev.evenroll.schemas.topic;

/// Who speaks to the broker: each service, and the reader of the audit topic. The name is the CN of the principal's
/// client
/// certificate.
public enum Principal {
    ENROLL_GATEWAY("enroll-gateway", false),
    CSR_VALIDATOR("csr-validator", true),
    ISSUER("issuer", false),
    REVOCATION_SERVICE("revocation-service", true),
    AUDIT_SINK("audit-sink", false),
    /// A SOC's consumer outside the pipeline, and `evenroll audit tail`: reads the audit topic, writes nothing.
    AUDITOR("auditor", false);

    private final String principalName;
    private final boolean streams;

    Principal(String principalName, boolean streams) {
        this.principalName = principalName;
        this.streams = streams;
    }

    public String principalName() {
        return principalName;
    }

    /// Whether it is a Kafka Streams application, which owns internal topics whose names start with its application id.
    public boolean streams() {
        return streams;
    }

    /// Prefix of its consumer groups, transactional ids and, for Streams, its application id: `<environment>.<name>`.
    public String applicationId(String environment) {
        return environment + "." + principalName;
    }

    public boolean service() {
        return this != AUDITOR;
    }
}
