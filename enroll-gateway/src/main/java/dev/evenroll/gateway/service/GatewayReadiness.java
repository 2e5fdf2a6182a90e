package dev.evenroll.gateway.service;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: a device that connects now can be enrolled.
@Readiness
@Singleton
public class GatewayReadiness implements HealthCheck {

    private final GatewayLifecycle gateway;

    public GatewayReadiness(GatewayLifecycle gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        var problems = gateway.problems();
        var response = HealthCheckResponse.named("enrollment").status(problems.isEmpty());
        if (!problems.isEmpty()) {
            response.withData("problem", String.join(" ", problems));
        }
        gateway.directoryProblem().ifPresent(problem -> response.withData("directory", problem));
        return response.build();
    }
}
