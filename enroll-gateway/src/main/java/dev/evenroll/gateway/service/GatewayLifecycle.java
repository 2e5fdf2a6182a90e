package dev.evenroll.gateway.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Makes, starts and stops the gateway with the application.
///
/// A configuration that can not be used ends the start with one sentence that names the property, not with a
/// stack trace.
@Singleton
public class GatewayLifecycle {

    private final Gateway gateway;

    @Inject
    GatewayLifecycle(GatewayConfiguration configuration, Vertx vertx, MeterRegistry metrics) {
        try {
            this.gateway = new Gateway(configuration, vertx, metrics);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    void start(@Observes StartupEvent event) {
        try {
            gateway.start();
        } catch (IllegalStateException e) {
            gateway.stop();
            throw new ConfigurationException(e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        gateway.stop();
    }

    /// Why it can not serve an enrollment now; empty when it can.
    List<String> problems() {
        return gateway.problems();
    }

    /// Why what stands in the directory of CAs is not in force; empty when it is.
    Optional<String> directoryProblem() {
        return gateway.directoryProblem();
    }

    /// Whether its threads run.
    boolean alive() {
        return gateway.alive();
    }
}
