package dev.evenroll.revocation.runtime;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive unless the topology has stopped for good: then only a restart helps.
@Liveness
@Singleton
public class RevocationLiveness implements HealthCheck {

    private final RevocationLifecycle lifecycle;

    @Inject
    RevocationLiveness(RevocationLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("revocation-service")
                .status(lifecycle.service().alive())
                .build();
    }
}
