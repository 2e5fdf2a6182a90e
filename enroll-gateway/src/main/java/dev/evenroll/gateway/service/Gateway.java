package dev.evenroll.gateway.service;

import dev.evenroll.gateway.authentication.Authentication;
import dev.evenroll.gateway.authentication.RevokedCertificates;
import dev.evenroll.gateway.enrollment.Enrollments;
import dev.evenroll.gateway.enrollment.ParkedRequests;
import dev.evenroll.gateway.http.EstServer;
import dev.evenroll.gateway.http.EstService;
import dev.evenroll.gateway.http.ServerCredential;
import dev.evenroll.gateway.kafka.GatewayProducer;
import dev.evenroll.gateway.kafka.OutcomeReader;
import dev.evenroll.gateway.kafka.RevocationReader;
import dev.evenroll.gateway.observation.LimitedObservations;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of the gateway, put together, and their life: made from the configuration, started and stopped
/// in order.
@Singleton
public class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /// Time for a device to bring one complete request: some have slow links, none needs longer.
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final InstantSource clock = InstantSource.system();
    private final RevokedCertificates revoked = new RevokedCertificates();
    private final ParkedRequests parked;
    private final GatewayProducer producer;
    private final OutcomeReader outcomes;
    private final RevocationReader revocations;
    private final EstService service;
    private final EstServer.Settings server;
    private final List<AutoCloseable> started = new ArrayList<>();
    private volatile boolean serving;

    public Gateway(GatewayConfiguration configuration, Vertx vertx, MeterRegistry metrics) {

        this.vertx = vertx;
        this.metrics = metrics;
        var est = configuration.est();
        var environment = new Environment(configuration.environment()).name();
        var trust = TrustMaterial.load(
                configuration.trust().manufacturers(), configuration.ca().chain());
        var kafka = KafkaSettings.load(
                configuration.kafka().clientProperties(),
                Principal.ENROLL_GATEWAY,
                environment,
                configuration.instance());
        this.server = new EstServer.Settings(
                est.host(),
                est.port(),
                ServerCredential.load(est.certificate(), est.key()),
                REQUEST_LIMIT,
                est.waitLimit());
        this.parked = new ParkedRequests(est.parked());
        this.producer = new GatewayProducer(
                GatewayProducer.connect(kafka, est.waitLimit()),
                environment,
                new SecurityEvents(Principal.ENROLL_GATEWAY, environment, clock),
                new DeadLetters(Principal.ENROLL_GATEWAY, environment, clock),
                metrics,
                clock);
        this.outcomes = new OutcomeReader(kafka, parked, producer);
        this.revocations = new RevocationReader(kafka, revoked, producer);
        this.service = new EstService(
                new Authentication(trust.caChain().getFirst(), trust.manufacturers(), revoked, clock),
                new Enrollments(producer, outcomes, parked, est.waitLimit()),
                new LimitedObservations(producer, clock),
                trust.caChain());
        if (trust.manufacturers().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("directory", configuration.trust().manufacturers())
                    .log("No manufacturer is trusted: no device can enroll for the first time;"
                            + " put <manufacturer>.pem into the directory and restart");
        }
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("evenroll.est.parked", parked, ParkedRequests::waiting)
                .description("Requests that wait for their outcome")
                .register(metrics);
        Gauge.builder("evenroll.revoked.certificates", revoked, RevokedCertificates::size)
                .description("Revoked certificates that this gateway knows of")
                .register(metrics);
        started.add(producer);
        producer.start();
        started.add(outcomes);
        outcomes.start();
        started.add(revocations);
        revocations.start();
        var est = EstServer.start(vertx, server, service, metrics, clock);
        started.add(est);
        est.warmUp();
        serving = true;
        LOG.atInfo()
                .addKeyValue("host", server.host())
                .addKeyValue("port", est.port())
                .log("EST server listens");
    }

    void stop(@Observes ShutdownEvent event) throws Exception {
        serving = false;
        for (var part : started.reversed()) {
            part.close();
        }
    }

    /// Why it can not serve an enrollment now; empty when it can.
    List<String> problems() {
        var problems = new ArrayList<String>();
        if (!serving) {
            problems.add("The EST server does not listen yet.");
        }
        if (!producer.ready()) {
            problems.add("The topics have not been reached yet; check the broker and the access rules.");
        }
        if (outcomes.partition().isEmpty()) {
            problems.add("No partition of enrollment.outcome is owned: this replica has no reply address.");
        }
        if (!revoked.complete()) {
            problems.add("The list of revoked certificates has not been read to its end.");
        }
        return problems;
    }

    /// Whether the threads of the gateway run; a restart helps when they do not.
    boolean alive() {
        return !serving || (outcomes.alive() && revocations.alive());
    }
}
