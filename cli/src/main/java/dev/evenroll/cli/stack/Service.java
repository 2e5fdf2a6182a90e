package dev.evenroll.cli.stack;

import dev.evenroll.schemas.topic.Principal;

/// The five services of the pipeline, as the local stack runs them.
public enum Service {
    ENROLL_GATEWAY(Principal.ENROLL_GATEWAY, Port.GATEWAY_MANAGEMENT, 192),
    CSR_VALIDATOR(Principal.CSR_VALIDATOR, Port.VALIDATOR_MANAGEMENT, 256),
    ISSUER(Principal.ISSUER, Port.ISSUER_MANAGEMENT, 192),
    REVOCATION_SERVICE(Principal.REVOCATION_SERVICE, Port.REVOCATION_MANAGEMENT, 256),
    AUDIT_SINK(Principal.AUDIT_SINK, Port.AUDIT_MANAGEMENT, 128);

    private final Principal principal;
    private final Port management;
    private final int heapMebibytes;

    Service(Principal principal, Port management, int heapMebibytes) {
        this.principal = principal;
        this.management = management;
        this.heapMebibytes = heapMebibytes;
    }

    /// Its name, which is that of its module and of its Kafka principal: `csr-validator`.
    public String serviceName() {
        return principal.principalName();
    }

    Principal principal() {
        return principal;
    }

    Port management() {
        return management;
    }

    /// Enough for thousands of devices on one machine.
    int heapMebibytes() {
        return heapMebibytes;
    }
}
