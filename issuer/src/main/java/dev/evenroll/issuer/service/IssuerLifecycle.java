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
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Opens, starts and stops the issuer with the application.
@Singleton
public class IssuerLifecycle {

    /// How often each key is proven.
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(10);

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
        var profiles = profiles(configuration, environment);
        this.issuer = new Issuer(
                faults -> configured(
                        "evenroll.ca.directory",
                        () -> fitting(
                                profiles,
                                AuthorityRegister.open(
                                        configuration.ca().directory(),
                                        clock,
                                        new AuthorityOpening(profiles, metrics, clock, BETWEEN_CHECKS, faults)))),
                profiles,
                kafka,
                metrics,
                clock,
                Issuer.BETWEEN_LOOKS);
    }

    private static AuthorityRegister fitting(Profiles profiles, AuthorityRegister authorities) {
        profiles.problemWith(authorities.all().size()).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return authorities;
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
