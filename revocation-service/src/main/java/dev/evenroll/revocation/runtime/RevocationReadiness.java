package dev.evenroll.revocation.runtime;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: the stores are usable, a current signed list of every shard is served, and no list waits long
/// for its signature.
@Readiness
@Singleton
public class RevocationReadiness implements HealthCheck {

    private final RevocationLifecycle lifecycle;

    @Inject
    RevocationReadiness(RevocationLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var health = lifecycle.service().health();
        var response = HealthCheckResponse.named("revocation-service").status(health.ready());
        health.facts().forEach(response::withData);
        return response.build();
    }
}
