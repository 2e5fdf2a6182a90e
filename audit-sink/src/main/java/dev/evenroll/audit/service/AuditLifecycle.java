package dev.evenroll.audit.service;

import dev.evenroll.audit.codec.EventReader;
import dev.evenroll.audit.codec.EventReaders;
import dev.evenroll.audit.kafka.Recording;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.loop.Pace;
import dev.evenroll.kafka.loop.Progress;
import dev.evenroll.kafka.loop.TransactionalLoop;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Opens, starts and stops the loop `record` with the application.
@Singleton
public class AuditLifecycle {

    private final TransactionalLoop loop;

    @Inject
    AuditLifecycle(AuditConfiguration configuration, MeterRegistry metrics) {
        var environment = configured("evenroll.environment", () -> new Environment(configuration.environment()))
                .name();
        var kafka = configured(
                "evenroll.kafka.client-properties",
                () -> KafkaSettings.load(
                        configuration.kafka().clientProperties(),
                        Principal.AUDIT_SINK,
                        environment,
                        configuration.instance()));
        var clock = InstantSource.system();
        var deadLetters = new DeadLetters(Principal.AUDIT_SINK, environment, clock);
        this.loop = new TransactionalLoop(
                kafka,
                "record",
                Pace.IN_THE_BACKGROUND,
                EventReaders.all().stream().map(EventReader::topic).toList(),
                // An event that is recorded a second time says so by its place, and is better than one that is missing.
                Progress.UNTOLD,
                new Recording(environment, clock, deadLetters, metrics),
                deadLetters,
                metrics);
    }

    /// What a value that stands in the configuration means. The message of a failure says everything:
    /// without its cause the start ends with this one sentence, not with a stack trace.
    private static <T> T configured(String property, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(property + ": " + e.getMessage());
        }
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    TransactionalLoop loop() {
        return loop;
    }
}
