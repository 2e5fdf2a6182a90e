package dev.evenroll.audit.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive while the thread of the loop lives: it recovers from everything else by itself.
@Liveness
@Singleton
public class AuditLiveness implements HealthCheck {

    private final AuditLifecycle lifecycle;

    @Inject
    AuditLiveness(AuditLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit-sink")
                .status(lifecycle.loop().alive())
                .build();
    }
}
