package dev.evenroll.validator.service;

import dev.evenroll.kafka.streams.StreamsRunner;
import dev.evenroll.pki.identity.Environment;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the topology with the application; it is closed with the application's beans.
@Singleton
final class Life {

    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    /// The three properties of the bearer tokens are asked for here, because the start should stop without
    /// them: the library would notice at the first call.
    void start(
            @Observes StartupEvent event,
            StreamsRunner streams,
            Environment environment,
            Trust trust,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") String tokenKey,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String tokenIssuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") String tokenAudiences) {
        LOG.atInfo()
                .addKeyValue("environment", environment.name())
                .addKeyValue("manufacturers", trust.manufacturers().names())
                .addKeyValue("tokenIssuer", tokenIssuer)
                .addKeyValue("tokenAudiences", tokenAudiences)
                .addKeyValue("tokenKey", tokenKey)
                .log("Starting the registry and the decision");
        streams.start();
    }
}
