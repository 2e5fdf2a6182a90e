package dev.evenroll.issuer.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: the CA is valid, its key has been proven, and all loops run. Says which CA and which key.
@Readiness
@Singleton
public class IssuerReadiness implements HealthCheck {

    private final IssuerLifecycle lifecycle;

    @Inject
    IssuerReadiness(IssuerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var readiness = lifecycle.readiness();
        var response = HealthCheckResponse.named("issuer").status(readiness.ready());
        readiness.facts().forEach(response::withData);
        return response.build();
    }
}
