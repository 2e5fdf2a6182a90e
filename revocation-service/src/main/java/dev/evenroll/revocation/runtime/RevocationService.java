package dev.evenroll.revocation.runtime;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.kafka.streams.StreamsRunner;
import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.pki.profile.CommonName;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.crl.CrlOverview;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.ListHealth;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.revocation.crl.UnsignedCrls;
import dev.evenroll.revocation.device.Horizon;
import dev.evenroll.revocation.device.RenewalBudget;
import dev.evenroll.revocation.device.RenewalWindow;
import dev.evenroll.revocation.device.Terms;
import dev.evenroll.revocation.inventory.Inventory;
import dev.evenroll.revocation.inventory.Renewals;
import dev.evenroll.revocation.kafka.AsideRecords;
import dev.evenroll.revocation.kafka.EventWriter;
import dev.evenroll.revocation.kafka.SignedCrlContents;
import dev.evenroll.revocation.kafka.TopicReplica;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.ocsp.Owners;
import dev.evenroll.revocation.publication.CrlServer;
import dev.evenroll.revocation.publication.UnusableAddressException;
import dev.evenroll.revocation.streams.RevocationTopology;
import dev.evenroll.revocation.streams.StoredInventory;
import dev.evenroll.revocation.streams.StoredRenewals;
import dev.evenroll.revocation.streams.StreamsOwners;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running service: topology, reader of signed lists, list server, connection authorization.
final class RevocationService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationService.class);
    private static final int LOOK_SECONDS = 2;

    private final AuthorityDirectory authorities;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Issuers issuers;
    private final PublishedCrls published;
    private final UnsignedCrls unsigned = new UnsignedCrls();
    private final Terms terms;
    private final Horizon horizon = new Horizon();
    private final HorizonMeters horizonMeters;
    private final EventWriter writer;
    private final StreamsRunner runner;
    private final TopicReplica reader;
    private final CrlServer server;
    private final ConnectionService connections;
    private final Optional<OcspService> ocsp;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "revocation-authorities"));

    /// What the operator decided.
    ///
    /// @param profiles those that certificates are issued under
    /// @param stateDirectory directory of the stores
    /// @param crlHost address to serve lists on
    /// @param crlPort port to serve lists on
    /// @param budget how many renewals are asked for at once
    /// @param ocsp empty for none
    record Settings(
            KafkaSettings kafka,
            AuthorityDirectory authorities,
            List<Profile> profiles,
            CrlSchedule schedule,
            Path stateDirectory,
            String crlHost,
            int crlPort,
            RenewalBudget budget,
            ConnectionService.Settings connection,
            Optional<OcspService.Settings> ocsp) {

        Settings {
            profiles = List.copyOf(profiles);
        }
    }

    /// Whether work can be done, with the facts for an operator.
    record Health(boolean ready, Map<String, String> facts) {

        Health {
            facts = Map.copyOf(facts);
        }
    }

    /// A service that is not started yet.
    RevocationService(Settings settings, Vertx vertx, MeterRegistry metrics, InstantSource clock) {
        var kafka = settings.kafka();
        this.authorities = settings.authorities();
        this.metrics = metrics;
        this.issuers = Issuers.in(authorities);
        this.clock = clock;
        this.horizonMeters = new HorizonMeters(horizon, metrics, clock);
        this.terms = terms(settings.profiles());
        var addresses = ShardAddresses.of(settings.profiles());
        this.published = new PublishedCrls(issuers, addresses);
        this.writer = new EventWriter(kafka);
        var topology = RevocationTopology.build(
                kafka.environment(),
                new RevocationTopology.Lists(issuers, addresses, settings.schedule(), published, unsigned),
                succession(settings),
                clock,
                metrics);
        var advertised = settings.ocsp().flatMap(OcspService.Settings::advertised);
        var background = kafka.inTheBackground();
        this.runner = new StreamsRunner(
                advertised.map(background::advertising).orElse(background),
                topology,
                settings.stateDirectory(),
                metrics);
        var signed = signedLists(kafka);
        this.reader = new TopicReplica(kafka, Topics.CRL_SIGNED, signed, signed, clock);
        this.server = new CrlServer(
                vertx,
                settings.crlHost(),
                settings.crlPort(),
                published,
                id -> inventory().find(id).map(this::window),
                clock);
        this.connections = new ConnectionService(
                settings.connection(),
                kafka,
                authorities,
                vertx,
                writer::send,
                writer::send,
                runner::ready,
                metrics,
                clock);
        this.ocsp = settings.ocsp().map(one -> ocsp(one, kafka, vertx));
        gauges();
    }

    private SignedCrlContents signedLists(KafkaSettings kafka) {
        var letters = new DeadLetters(Principal.REVOCATION_SERVICE, kafka.environment(), clock);
        var events = new SecurityEvents(Principal.REVOCATION_SERVICE, kafka.environment(), clock);
        return new SignedCrlContents(
                kafka.environment(),
                published,
                new AsideRecords(CrlSigned.class.getSimpleName(), letters, events, writer::send, metrics));
    }

    /// Replicas that do not say where they are do not know of each other: each answers for its part.
    private OcspService ocsp(OcspService.Settings one, KafkaSettings kafka, Vertx vertx) {
        var owners = one.advertised()
                .<Owners>map(here -> new StreamsOwners(runner.streams(), here, clock))
                .orElse(_ -> Optional.empty());
        var statuses = connections.checking(id -> inventory().find(id));
        return new OcspService(one, kafka, issuers, statuses, owners, vertx, writer::send, metrics, clock);
    }

    private RenewalWindow window(CertificateLife life) {
        return RenewalWindow.of(life, terms.of(life.certificate().profile()).orElse(Renewal.USUAL));
    }

    /// Certificates of a profile that is not in the file any more are renewed as usual.
    private static Terms terms(List<Profile> profiles) {
        var byName = profiles.stream().collect(Collectors.toMap(Profile::name, Profile::renewal));
        return name -> byName.getOrDefault(name, Optional.of(Renewal.USUAL));
    }

    private RevocationTopology.Succession succession(Settings settings) {
        var vehicles = settings.profiles().stream()
                .filter(profile -> profile.subject().commonName() == CommonName.SECC_ID)
                .map(Profile::name)
                .collect(Collectors.toSet());
        return new RevocationTopology.Succession(terms, vehicles::contains, settings.budget(), horizon);
    }

    /// Those that are there already are left as they are.
    private void gauges() {
        for (var shard : published.shards()) {
            Gauge.builder("evenroll.crl.number", () -> published.lastNumber(shard))
                    .description("cRLNumber of the list that is served; 0 when there is none")
                    .tag("shard", shard.key())
                    .register(metrics);
            Gauge.builder(
                            "evenroll.crl.age",
                            () -> published
                                    .find(shard.complete())
                                    .map(crl -> Duration.between(crl.thisUpdate(), clock.instant())
                                            .toSeconds())
                                    .map(Long::doubleValue)
                                    .orElse(Double.NaN))
                    .description("Time since thisUpdate of the list that is served")
                    .baseUnit("seconds")
                    .tag("shard", shard.key())
                    .register(metrics);
        }
    }

    void start() throws UnusableAddressException, InterruptedException {
        server.start();
        reader.start();
        runner.start();
        connections.start();
        if (ocsp.isPresent()) {
            ocsp.get().start();
        }
        var _ = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        LOG.atInfo()
                .addKeyValue("cas", authorities.current())
                .addKeyValue("crlPort", server.port())
                .addKeyValue("connectionPort", connections.port())
                .addKeyValue(
                        "ocspPort",
                        ocsp.map(OcspService::port).map(String::valueOf).orElse("off"))
                .log("Looking after the certificates of the CAs");
    }

    private void look() {
        switch (authorities.refresh()) {
            case AuthorityDirectory.Look.Unchanged() -> {}
            case AuthorityDirectory.Look.Changed(var now) ->
                LOG.atInfo().addKeyValue("cas", now).log("Looking after the certificates of other CAs");
            case AuthorityDirectory.Look.Unusable(var problem) ->
                LOG.atWarn()
                        .addKeyValue("problem", problem)
                        .log("The changed directory of CAs can not be used; the CAs before stay in force");
        }
        gauges();
        horizonMeters.look();
    }

    Inventory inventory() {
        return new StoredInventory(runner.streams());
    }

    Renewals renewals() {
        return new StoredRenewals(runner.streams());
    }

    /// What there is to know of every revocation list.
    CrlOverview overview() {
        return new CrlOverview(published, unsigned, clock);
    }

    EventWriter writer() {
        return writer;
    }

    boolean alive() {
        return runner.alive();
    }

    Health health() {
        var facts = new TreeMap<String, String>();
        var now = clock.instant();
        authorities.problem().ifPresent(problem -> facts.put("directory", problem));
        facts.put("streams", runner.state());
        facts.put("connections", connections.state());
        ocsp.ifPresentOrElse(
                service -> service.facts().forEach((issuer, fact) -> facts.put("ocsp." + issuer, fact)),
                () -> facts.put("ocsp", "off"));
        facts.put("signedLists", published.complete() ? "read" : "being read");
        var lists = ListHealth.of(issuers, published, unsigned, now);
        facts.putAll(lists.facts());
        return new Health(runner.ready() && published.complete() && lists.served(), facts);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        ocsp.ifPresent(OcspService::close);
        connections.close();
        server.close();
        reader.close();
        runner.close();
        writer.close();
    }
}
