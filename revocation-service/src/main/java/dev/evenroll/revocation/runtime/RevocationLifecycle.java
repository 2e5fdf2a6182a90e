package dev.evenroll.revocation.runtime;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.kafka.streams.StreamsMeters;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.signature.SignatureProvider;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.revocation.administration.Refusals;
import dev.evenroll.revocation.crl.CrlOverview;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.device.RenewalBudget;
import dev.evenroll.revocation.inventory.Inventory;
import dev.evenroll.revocation.inventory.Renewals;
import dev.evenroll.revocation.inventory.RevocationDesk;
import dev.evenroll.revocation.publication.UnusableAddressException;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens, starts and stops the service with the application, and hands its parts to the administration
/// interface.
@Singleton
public class RevocationLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationLifecycle.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// What decides whose tokens are accepted. The framework uses them, and would not check what is
    /// missing.
    private static final List<String> TOKEN_PROPERTIES =
            List.of("mp.jwt.verify.publickey.location", "mp.jwt.verify.issuer", "mp.jwt.verify.audiences");

    private final InstantSource clock = InstantSource.system();
    private final String environment;
    private final RevocationService service;

    @Inject
    RevocationLifecycle(RevocationConfiguration configuration, Config everything, Vertx vertx, MeterRegistry metrics) {
        TOKEN_PROPERTIES.forEach(property -> require(property, everything));
        this.environment = configured("evenroll.environment", () -> new Environment(configuration.environment()))
                .name();
        var kafka = configured(
                "evenroll.kafka.client-properties",
                () -> KafkaSettings.load(
                        configuration.kafka().clientProperties(),
                        Principal.REVOCATION_SERVICE,
                        environment,
                        configuration.instance()));
        var settings = new RevocationService.Settings(
                kafka,
                configured(
                        "evenroll.ca.directory",
                        () -> AuthorityDirectory.open(configuration.ca().directory())),
                profiles(configuration),
                configured(
                        "evenroll.crl.lifetime",
                        () -> new CrlSchedule(configuration.crl().lifetime())),
                configuration.stateDirectory(),
                configuration.crl().host(),
                configuration.crl().port(),
                configured(
                        "evenroll.renewal.per-second, evenroll.renewal.per-site-and-minute",
                        () -> new RenewalBudget(
                                configuration.renewal().perSecond(),
                                configuration.renewal().perSiteAndMinute())),
                configured(
                        "evenroll.connection.longest-silence",
                        () -> new ConnectionService.Settings(
                                configuration.connection().host(),
                                configuration.connection().port(),
                                configuration.connection().profiles(),
                                configuration.connection().longestSilence())),
                ocsp(configuration.ocsp(), configuration.instance()));
        this.service = new RevocationService(settings, vertx, metrics, clock);
    }

    private static Optional<OcspService.Settings> ocsp(RevocationConfiguration.Ocsp ocsp, String instance) {
        if (ocsp.port().isEmpty()) {
            return Optional.empty();
        }
        ocsp.advertised().ifPresent(address -> configured("evenroll.ocsp.advertised", () -> advertised(address)));
        var responder = configured("evenroll.instance", () -> OcspService.responder(instance));
        return Optional.of(configured(
                "evenroll.ocsp.lifetime",
                () -> new OcspService.Settings(
                        ocsp.host(), ocsp.port().getAsInt(), ocsp.advertised(), ocsp.lifetime(), responder)));
    }

    private static String advertised(String address) {
        if (!isAddress(address)) {
            throw new IllegalArgumentException("is \"" + address + "\" and not of the form host:port; give the address"
                    + " where the other replicas reach OCSP on this one.");
        }
        return address;
    }

    private static boolean isAddress(String text) {
        try {
            var url = new URI("http://" + text);
            return url.getHost() != null
                    && url.getPort() > 0
                    && url.getPort() < 65_536
                    && url.getPath().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// In any case of the URL first: so a wrong one is that of its property, not of the file.
    private static List<Profile> profiles(RevocationConfiguration configuration) {
        var url = configuration.ca().crlUrl();
        configured("evenroll.ca.crl-url", () -> ProfileFile.builtIn(url));
        try {
            return ProfileFile.configured("evenroll.profiles", configuration.profiles(), url)
                    .profiles();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static void require(String property, Config everything) {
        if (everything.getOptionalValue(property, String.class).isEmpty()) {
            throw new ConfigurationException(
                    property + ": is not set. Tokens could not be verified without it; set it to"
                            + " what the issuer of the bearer tokens says.");
        }
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

    void start(@Observes StartupEvent event) throws InterruptedException {
        LOG.atInfo()
                .addKeyValue("environment", environment)
                .addKeyValue("signatures", SignatureProvider.present().description())
                .log("Starting the inventory and the revocation");
        SignatureProvider.present()
                .problem()
                .ifPresent(
                        problem -> LOG.atWarn().addKeyValue("problem", problem).log("Signatures take longer"));
        try {
            service.start();
        } catch (UnusableAddressException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        service.close();
    }

    RevocationService service() {
        return service;
    }

    @Produces
    @Singleton
    static MeterFilter published() {
        return StreamsMeters.filter();
    }

    @Produces
    @Singleton
    Inventory inventory() {
        return service.inventory();
    }

    @Produces
    @Singleton
    Renewals renewals() {
        return service.renewals();
    }

    @Produces
    @Singleton
    CrlOverview overview() {
        return service.overview();
    }

    @Produces
    @Singleton
    RevocationDesk desk(Inventory inventory) {
        return new RevocationDesk(inventory, service.writer(), clock, PATIENCE);
    }

    @Produces
    @Singleton
    Refusals refusals() {
        var events = new SecurityEvents(Principal.REVOCATION_SERVICE, environment, clock);
        return refusal -> service.writer()
                .send(
                        switch (refusal.kind()) {
                            case NOT_AUTHENTICATED ->
                                events.record(
                                        SecurityObservation.AUTHENTICATION_FAILED,
                                        refusal.caller(),
                                        "A caller of the administration interface did not authenticate itself.",
                                        attributes(refusal));
                            case NOT_ALLOWED ->
                                events.record(
                                        SecurityObservation.ADMINISTRATION_REFUSED,
                                        refusal.caller(),
                                        "A caller of the administration interface does not have the role that it needs.",
                                        attributes(refusal));
                        });
    }

    private static Map<String, String> attributes(Refusals.Refusal refusal) {
        return Map.of(
                "actor", refusal.caller(), "remoteAddress", refusal.remoteAddress(), "request", refusal.request());
    }
}
