package dev.evenroll.issuer.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Live: the threads of all loops live. A fault that a loop mends by itself is no reason to restart the process.
@Liveness
@Singleton
public class IssuerLiveness implements HealthCheck {

    private final IssuerLifecycle lifecycle;

    @Inject
    IssuerLiveness(IssuerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("issuer").status(lifecycle.alive()).build();
    }
}
