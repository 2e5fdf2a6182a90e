package dev.evenroll.validator.service;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Live while changed trust anchors, policies and blocked keys come into force; else only a restart helps.
@Liveness
@Singleton
final class ConfigurationFollowed implements HealthCheck {

    private final ConfigurationWatch watch;

    ConfigurationFollowed(ConfigurationWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("configuration").status(watch.alive()).build();
    }
}
