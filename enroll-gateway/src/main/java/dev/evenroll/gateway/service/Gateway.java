package dev.evenroll.gateway.service;

import dev.evenroll.gateway.authentication.Authentication;
import dev.evenroll.gateway.authentication.RevokedCertificates;
import dev.evenroll.gateway.enrollment.Enrollments;
import dev.evenroll.gateway.enrollment.ParkedRequests;
import dev.evenroll.gateway.http.CaCertificates;
import dev.evenroll.gateway.http.Door;
import dev.evenroll.gateway.http.EstServer;
import dev.evenroll.gateway.http.EstService;
import dev.evenroll.gateway.http.JobReception;
import dev.evenroll.gateway.http.JobService;
import dev.evenroll.gateway.http.ServerCredential;
import dev.evenroll.gateway.kafka.GatewayProducer;
import dev.evenroll.gateway.kafka.JobReader;
import dev.evenroll.gateway.kafka.JobRegister;
import dev.evenroll.gateway.kafka.JobWriter;
import dev.evenroll.gateway.kafka.OutcomeReader;
import dev.evenroll.gateway.kafka.RevocationReader;
import dev.evenroll.gateway.limit.JobLimits;
import dev.evenroll.gateway.limit.RateLimits;
import dev.evenroll.gateway.observation.LimitedObservations;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of the gateway, put together from the configuration, started and stopped in order.
final class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /// Time for a device to bring one complete request: some have slow links, none needs longer.
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final AnchorWatch anchors;
    private final InstantSource clock = InstantSource.system();
    private final RevokedCertificates revoked = new RevokedCertificates();
    private final ParkedRequests parked;
    private final GatewayProducer producer;
    private final OutcomeReader outcomes;
    private final RevocationReader revocations;
    private final JobReader jobReader;
    private final JobRegister jobRegister;
    private final EstService service;
    private final JobService jobs;
    private final AuthorityDirectory authorities;
    private final EstServer.Settings server;
    private final List<Runnable> started = new ArrayList<>();
    private volatile boolean serving;

    /// @throws IllegalArgumentException when the configuration can not be used, with the property to set
    Gateway(GatewayConfiguration configuration, Vertx vertx, MeterRegistry metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
        var est = configuration.est();
        Ranges.check(est);
        var limits = Ranges.check(configuration.limits());
        var jobLimits = new JobLimits(Ranges.check(configuration.jobs()), clock);
        var environment = environment(configuration.environment());
        var trust = TrustMaterial.load(
                configuration.trust().manufacturers(),
                configuration.trust().registrationAuthorities(),
                configuration.ca().directory());
        warnOfNoManufacturer(trust, configuration.trust().manufacturers());
        var kafka = KafkaSettings.load(
                configuration.kafka().clientProperties(),
                Principal.ENROLL_GATEWAY,
                environment,
                configuration.instance());
        this.authorities = trust.authorities();
        this.server = new EstServer.Settings(
                est.host(),
                est.port(),
                ServerCredential.load(est.certificate(), est.key()),
                REQUEST_LIMIT,
                est.waitLimit());
        this.parked = new ParkedRequests(est.parked());
        this.producer = new GatewayProducer(
                producer(kafka, est.waitLimit()),
                environment,
                new SecurityEvents(Principal.ENROLL_GATEWAY, environment, clock),
                new DeadLetters(Principal.ENROLL_GATEWAY, environment, clock),
                metrics,
                clock);
        this.outcomes = new OutcomeReader(kafka, parked, producer);
        this.revocations = new RevocationReader(kafka, revoked, producer);
        var observations = new LimitedObservations(producer, clock);
        this.anchors = new AnchorWatch(trust.directories(), authorities, observations);
        var authentication = new Authentication(
                () -> authorities.current().anchors(),
                trust.manufacturers()::current,
                trust::registrationAuthoritiesNow,
                revoked,
                clock);
        var door = new Door(authentication, new RateLimits(limits, clock));
        var certificates = new CaCertificates(authorities::current);
        this.jobReader = new JobReader(kafka, producer, clock);
        this.jobRegister = new JobRegister(kafka, producer, clock);
        var jobLog = new JobWriter(
                producer, jobReader::ends, jobRegister, configuration.jobs().openPerAuthority(), environment, clock);
        this.jobs = new JobService(
                door,
                jobReader,
                jobRegister,
                new JobReception(jobLog, jobReader, jobRegister, jobLimits, clock),
                observations,
                certificates);
        this.service = new EstService(
                door, new Enrollments(producer, outcomes, parked, est.waitLimit()), observations, certificates);
    }

    /// Starts to read and to listen.
    ///
    /// @throws IllegalStateException when it can not listen, with the property to set
    void start() {
        Gauge.builder("evenroll.est.parked", parked, ParkedRequests::waiting)
                .description("Requests that wait for their outcome")
                .register(metrics);
        Gauge.builder("evenroll.revoked.certificates", revoked, RevokedCertificates::size)
                .description("Revoked certificates that this gateway knows of")
                .register(metrics);
        // First of all: a second process with our settings ends here, before it takes our place among the readers.
        var est = EstServer.start(vertx, server, service, jobs, metrics, clock);
        started.add(est::close);
        started.addAll(List.of(
                outcomes::close,
                revocations::close,
                anchors::close,
                jobReader::close,
                jobRegister::close,
                producer::close));
        producer.start();
        outcomes.start();
        revocations.start();
        jobRegister.start();
        anchors.start();
        est.warmUp();
        Rehearsal.run(authorities.current().newestFirst().getFirst().chain(), clock.instant());
        serving = true;
        LOG.atInfo()
                .addKeyValue("host", server.host())
                .addKeyValue("port", est.port())
                .log("EST server listens");
    }

    /// Stops what has been started: first the EST server, then what it needs.
    void stop() {
        serving = false;
        started.forEach(Runnable::run);
        started.clear();
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
        producer.silence().ifPresent(problems::add);
        if (outcomes.partition().isEmpty()) {
            problems.add("No partition of enrollment.outcome is owned: this replica has no reply address.");
        }
        outcomes.cutOff().ifPresent(problem -> problems.add("The reader of outcomes " + problem + "."));
        if (!revoked.complete()) {
            problems.add("The list of revoked certificates has not been read to its end.");
        }
        return problems;
    }

    /// Why what stands in the directory of CAs is not in force; empty when it is. The CAs before are.
    Optional<String> directoryProblem() {
        return authorities.problem();
    }

    /// Whether the threads of the gateway run; a restart helps when they do not.
    boolean alive() {
        return !serving || (outcomes.alive() && revocations.alive() && jobRegister.alive() && anchors.alive());
    }

    private static void warnOfNoManufacturer(TrustMaterial trust, Path directory) {
        if (trust.manufacturers().current().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .log("No manufacturer is trusted: no device can enroll for the first time;"
                            + " put <manufacturer>.pem into the directory");
        }
    }

    private static String environment(String name) {
        try {
            return new Environment(name).name();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("evenroll." + e.getMessage(), e);
        }
    }

    private static Producer<String, byte[]> producer(KafkaSettings kafka, Duration wait) {
        try {
            return GatewayProducer.connect(kafka, wait);
        } catch (KafkaException e) {
            var reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "evenroll.kafka.client-properties: the file can not be used (" + reason.getMessage()
                            + "); give it the settings of a Kafka client.",
                    e);
        }
    }
}
