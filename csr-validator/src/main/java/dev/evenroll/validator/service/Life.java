package dev.evenroll.validator.service;

import dev.evenroll.kafka.streams.StreamsRunner;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.signature.SignatureProvider;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the topology with the application; it is closed with the application's beans.
@Singleton
final class Life {

    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    void start(
            @Observes StartupEvent event,
            StreamsRunner streams,
            Environment environment,
            Trust trust,
            RulesInForce rules,
            ConfigurationWatch watch,
            TokenSettings tokens) {
        LOG.atInfo()
                .addKeyValue("environment", environment.name())
                .addKeyValue("manufacturers", trust.manufacturers().current().names())
                .addKeyValue("attestation", trust.attestationAnchors().names())
                .addKeyValue("policies", rules.policies().version())
                .addKeyValue("tokenIssuer", tokens.issuer())
                .addKeyValue("tokenAudiences", tokens.audiences())
                .addKeyValue("tokenKey", tokens.keyLocation())
                .addKeyValue("signatures", SignatureProvider.present().description())
                .log("Starting the registry and the decision");
        SignatureProvider.present()
                .problem()
                .ifPresent(
                        problem -> LOG.atWarn().addKeyValue("problem", problem).log("Signatures take longer"));
        watch.start();
        streams.start();
    }
}
