package dev.evenroll.revocation.runtime;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.kafka.AsideRecords;
import dev.evenroll.revocation.kafka.TopicReplica;
import dev.evenroll.revocation.ocsp.OcspResponder;
import dev.evenroll.revocation.ocsp.Owners;
import dev.evenroll.revocation.ocsp.Responders;
import dev.evenroll.revocation.ocsp.StatusSource;
import dev.evenroll.revocation.ocsp.kafka.ResponderContents;
import dev.evenroll.revocation.ocsp.kafka.ResponderRequests;
import dev.evenroll.revocation.publication.HttpPeers;
import dev.evenroll.revocation.publication.OcspServer;
import dev.evenroll.revocation.publication.UnusableAddressException;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// OCSP as it runs: responders that ask for their certificates, and the server that answers from the inventory.
final class OcspService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OcspService.class);

    private static final int LOOK_SECONDS = 1;
    private static final Duration SHORTEST_LIFETIME = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    private final Responders responders;
    private final ResponderRequests requests;
    private final TopicReplica certificates;
    private final HttpPeers peers = new HttpPeers();
    private final OcspServer server;
    private final Issuers issuers;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ocsp-responders"));

    /// What the operator decided.
    ///
    /// @param host address to listen on
    /// @param advertised `host:port` where the other replicas reach it; empty when there are none
    /// @param lifetime from thisUpdate to nextUpdate of an answer
    /// @param responder name of the responders of this replica, as [#responder] says it
    record Settings(String host, int port, Optional<String> advertised, Duration lifetime, String responder) {

        Settings {
            if (lifetime.compareTo(SHORTEST_LIFETIME) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
                throw new IllegalArgumentException("is " + lifetime + "; give something between " + SHORTEST_LIFETIME
                        + " and " + LONGEST_LIFETIME + ".");
            }
        }
    }

    /// @param events where requests for certificates, dead letters and security observations go
    OcspService(
            Settings settings,
            KafkaSettings kafka,
            Issuers issuers,
            StatusSource statuses,
            Owners owners,
            Vertx vertx,
            Consumer<ProducerRecord<String, byte[]>> events,
            MeterRegistry metrics,
            InstantSource clock) {
        var environment = kafka.environment();
        this.responders = new Responders(settings.responder(), issuers);
        this.requests = new ResponderRequests(environment, responders, events, clock);
        var contents = new ResponderContents(
                environment,
                responders,
                new AsideRecords(
                        ResponderIssued.class.getSimpleName(),
                        new DeadLetters(Principal.REVOCATION_SERVICE, environment, clock),
                        new SecurityEvents(Principal.REVOCATION_SERVICE, environment, clock),
                        events,
                        metrics),
                clock);
        this.certificates = new TopicReplica(kafka, Topics.RESPONDER_ISSUED, contents, contents, clock);
        this.clock = clock;
        var responder = new OcspResponder(issuers, responders, statuses, owners, peers, settings.lifetime(), clock);
        this.server = new OcspServer(vertx, settings.host(), settings.port(), responder, metrics, clock);
        this.issuers = issuers;
        this.metrics = metrics;
        gauges();
    }

    /// Those that are there already are left as they are.
    private void gauges() {
        for (var issuer : issuers.all()) {
            Gauge.builder(
                            "evenroll.ocsp.responder.left",
                            () -> responders
                                    .signer(issuer.keyId(), clock.instant())
                                    .map(signer -> Duration.between(
                                                    clock.instant(),
                                                    signer.certificate()
                                                            .getNotAfter()
                                                            .toInstant())
                                            .toSeconds())
                                    .map(Long::doubleValue)
                                    .orElse(0.0))
                    .description("Time until the certificate of the OCSP responder for a CA ends; 0 without one")
                    .baseUnit("seconds")
                    .tag("issuer", issuer.keyId())
                    .register(metrics);
        }
    }

    /// What the responders of a replica are called.
    ///
    /// @throws IllegalArgumentException when that can not be a common name
    static String responder(String instance) {
        var name = "ocsp-responder-" + instance;
        DeviceId.problemWith(name).ifPresent(problem -> {
            throw new IllegalArgumentException("is \"" + instance + "\", and its OCSP responder would be called " + name
                    + ", which can not be a common name; shorten it, and use letters, digits, '.', '_' and '-'.");
        });
        return name;
    }

    void start() throws UnusableAddressException, InterruptedException {
        server.start();
        certificates.start();
        var _ = timer.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            requests.look();
            gauges();
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer without a word, and the responders with their certificates.
            LOG.atError().setCause(e).log("The OCSP responders can not ask for their certificates; they try again");
        }
    }

    int port() {
        return server.port();
    }

    /// For an operator, by CA.
    Map<String, String> facts() {
        return responders.facts(clock.instant());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
        certificates.close();
        peers.close();
    }
}
