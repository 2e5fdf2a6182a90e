package dev.evenroll.schemas.topic;

/// Who speaks to the broker: each service, and two readers outside of the pipeline. The name is the CN of the
/// principal's client certificate.
public enum Principal {
    ENROLL_GATEWAY("enroll-gateway", false, false),
    CSR_VALIDATOR("csr-validator", true, true),
    ISSUER("issuer", false, true),
    REVOCATION_SERVICE("revocation-service", true, true),
    AUDIT_SINK("audit-sink", false, true),
    /// A SOC's consumer outside the pipeline, `evenroll audit tail` and `evenroll policy record`: reads the audit
    /// topic and the decisions about enrollments, writes nothing.
    AUDITOR("auditor", false, false),
    /// The operator's back end (CPMS), which triggers stations: reads what is due for their certificates, and writes
    /// nothing.
    BACK_END("back-end", false, false);

    private final String principalName;
    private final boolean streams;
    private final boolean transactional;

    Principal(String principalName, boolean streams, boolean transactional) {
        this.principalName = principalName;
        this.streams = streams;
        this.transactional = transactional;
    }

    public String principalName() {
        return principalName;
    }

    /// Whether it is a Kafka Streams application, which owns internal topics whose names start with its application id.
    public boolean streams() {
        return streams;
    }

    /// Whether it writes in transactions. Who does not need to must not: an open transaction holds up every reader of a
    /// topic.
    public boolean transactional() {
        return transactional;
    }

    /// Prefix of its consumer groups, transactional ids and, for Streams, its application id: `<environment>.<name>`.
    public String applicationId(String environment) {
        return environment + "." + principalName;
    }

    public boolean service() {
        return this != AUDITOR && this != BACK_END;
    }
}
