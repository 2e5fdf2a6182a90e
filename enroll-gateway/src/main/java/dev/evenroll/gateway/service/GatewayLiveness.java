package dev.evenroll.gateway.service;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive: the gateway's threads run.
@Liveness
@Singleton
public class GatewayLiveness implements HealthCheck {

    private final GatewayLifecycle gateway;

    public GatewayLiveness(GatewayLifecycle gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("readers").status(gateway.alive()).build();
    }
}
