package dev.evenroll.cli.stack;

/// The TCP ports of a local stack. The label names a port in the data directory's record; the option sets it.
public enum Port {
    /// The EST server, which devices call.
    EST("est", "--est-port"),
    /// The CRL distribution point. Its address stands in every certificate, so it must never change.
    CRL("crl", "--crl-port"),
    /// Administration of csr-validator: the device registry.
    REGISTRY("registry", "--registry-port"),
    /// Administration of revocation-service: the certificates.
    CERTIFICATES("certificates", "--certificates-port"),
    /// Connection authorization of revocation-service, which a TLS front asks.
    CONNECTIONS("connections", "--connections-port"),
    /// OCSP of revocation-service.
    OCSP("ocsp", "--ocsp-port"),
    /// The broker's listener for services and tools.
    KAFKA("kafka", "--kafka-port"),
    CONTROLLER("controller", ""),
    GATEWAY_MANAGEMENT("management.enroll-gateway", ""),
    VALIDATOR_MANAGEMENT("management.csr-validator", ""),
    ISSUER_MANAGEMENT("management.issuer", ""),
    REVOCATION_MANAGEMENT("management.revocation-service", ""),
    AUDIT_MANAGEMENT("management.audit-sink", "");

    private final String label;
    private final String option;

    Port(String label, String option) {
        this.label = label;
        this.option = option;
    }

    String label() {
        return label;
    }

    /// Option of `evenroll up` that sets it; empty when there is none.
    String option() {
        return option;
    }
}
