package dev.evenroll.issuer.service;

import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.kafka.client.KafkaSettings;
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

/// Opens, starts and stops the issuer with the application.
@Singleton
public class IssuerLifecycle {

    private final Issuer issuer;

    @Inject
    IssuerLifecycle(IssuerConfiguration configuration, MeterRegistry metrics) {
        var environment = configured("evenroll.environment", () -> new Environment(configuration.environment()));
        var kafka = configured(
                "evenroll.kafka.client-properties",
                () -> KafkaSettings.load(
                        configuration.kafka().clientProperties(),
                        Principal.ISSUER,
                        environment.name(),
                        configuration.instance()));
        var clock = InstantSource.system();
        this.issuer = new Issuer(
                authority(configuration, environment, metrics, clock), kafka, metrics, clock, Issuer.BETWEEN_CHECKS);
    }

    private static Authority authority(
            IssuerConfiguration configuration, Environment environment, MeterRegistry metrics, InstantSource clock) {
        var ca = configuration.ca();
        var profiles = profiles(configuration, environment);
        var opened = ConfiguredKey.open(ca, metrics);
        return new Authority(new TimedIssuingKey(opened.key(), metrics), opened.certificate(), profiles, clock);
    }

    private static Profiles profiles(IssuerConfiguration configuration, Environment environment) {
        try {
            return ConfiguredProfiles.read(
                    configuration.profiles(), configuration.ca().crlUrl(), environment);
        } catch (IllegalArgumentException e) {
            // The message begins with the property.
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /// What a value that stands in the configuration means.
    private static <T> T configured(String property, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw unusable(property, e);
        }
    }

    /// Without the cause, whose message says everything: so the start ends with this sentence alone, not with a stack
    /// trace.
    static ConfigurationException unusable(String property, Exception reason) {
        return new ConfigurationException(property + ": " + reason.getMessage());
    }

    void start(@Observes StartupEvent event) {
        issuer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        issuer.close();
    }

    boolean alive() {
        return issuer.alive();
    }

    ReadinessReport readiness() {
        return issuer.readiness();
    }
}
