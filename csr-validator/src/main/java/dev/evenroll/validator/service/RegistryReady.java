package dev.evenroll.validator.service;

import dev.evenroll.kafka.streams.StreamsRunner;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when the stores are restored and events are processed.
@Readiness
@Singleton
final class RegistryReady implements HealthCheck {

    private final StreamsRunner streams;
    private final Trust trust;

    RegistryReady(StreamsRunner streams, Trust trust) {
        this.streams = streams;
        this.trust = trust;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("registry")
                .withData("state", streams.state())
                .status(streams.ready());
        trust.authorities().problem().ifPresent(problem -> response.withData("directory", problem));
        return response.build();
    }
}
