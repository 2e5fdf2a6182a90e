package dev.evenroll.audit.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: events are being recorded.
@Readiness
@Singleton
public class AuditReadiness implements HealthCheck {

    private final AuditLifecycle lifecycle;

    @Inject
    AuditReadiness(AuditLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var response =
                HealthCheckResponse.named("audit-sink").status(lifecycle.loop().ready());
        lifecycle.loop().problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }
}
