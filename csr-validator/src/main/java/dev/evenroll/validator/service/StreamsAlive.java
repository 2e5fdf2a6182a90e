package dev.evenroll.validator.service;

import dev.evenroll.kafka.streams.StreamsRunner;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Live while Kafka Streams runs or will run again by itself; else only a restart helps.
@Liveness
@Singleton
final class StreamsAlive implements HealthCheck {

    private final StreamsRunner streams;

    StreamsAlive(StreamsRunner streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams")
                .withData("state", streams.state())
                .status(streams.alive())
                .build();
    }
}
