package dev.evenroll.revocation.runtime;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.revocation.connection.ConnectionAuthorization;
import dev.evenroll.revocation.connection.Freshness;
import dev.evenroll.revocation.connection.KnownDevices;
import dev.evenroll.revocation.connection.LocalKnowledge;
import dev.evenroll.revocation.connection.RefusalReports;
import dev.evenroll.revocation.connection.Sightings;
import dev.evenroll.revocation.connection.TrustBundle;
import dev.evenroll.revocation.connection.WithdrawnCertificates;
import dev.evenroll.revocation.connection.http.ConnectionServer;
import dev.evenroll.revocation.connection.kafka.DeviceContents;
import dev.evenroll.revocation.connection.kafka.RefusalEvents;
import dev.evenroll.revocation.connection.kafka.RevokedContents;
import dev.evenroll.revocation.connection.kafka.SightingEvents;
import dev.evenroll.revocation.kafka.AsideRecords;
import dev.evenroll.revocation.kafka.TopicReplica;
import dev.evenroll.revocation.ocsp.CurrentStatuses;
import dev.evenroll.revocation.ocsp.StatusSource;
import dev.evenroll.revocation.publication.UnusableAddressException;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Connection authorization as it runs: replicas of two topics, and the server that answers from them.
final class ConnectionService implements AutoCloseable {

    private static final int LOOK_SECONDS = 1;
    /// So soon is a revocation said to be effective.
    private static final Duration EFFECTIVE_WITHIN = Duration.ofSeconds(5);

    private final KnownDevices devices = new KnownDevices();
    private final WithdrawnCertificates withdrawn = new WithdrawnCertificates();
    private final Freshness withdrawals = new Freshness("the set of revoked certificates", EFFECTIVE_WITHIN);
    private final Freshness inventory;
    private final TopicReplica registry;
    private final TopicReplica revocations;
    private final LocalKnowledge knowledge;
    private final ConnectionServer server;
    private final BooleanSupplier inventoryAnswers;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "connection-inventory"));

    /// What the operator decided.
    ///
    /// @param host address to listen on
    /// @param profiles names of the profiles whose devices may connect
    /// @param longestSilence what is known here may be so old
    record Settings(String host, int port, Set<String> profiles, Duration longestSilence) {

        Settings {
            profiles = Set.copyOf(profiles);
            if (longestSilence.compareTo(Duration.ofSeconds(5)) < 0) {
                throw new IllegalArgumentException(
                        "is " + longestSilence.toSeconds() + " s; give at least 5 s: the broker is asked every 2 s.");
            }
        }
    }

    /// @param aside where dead letters and security observations go
    /// @param sightings where sightings go, and what to do when one could not be written
    /// @param inventoryAnswers whether the inventory of this replica is restored and has its partitions
    ConnectionService(
            Settings settings,
            KafkaSettings kafka,
            AuthorityDirectory authorities,
            Vertx vertx,
            Consumer<ProducerRecord<String, byte[]>> aside,
            BiConsumer<ProducerRecord<String, byte[]>, Runnable> sightings,
            BooleanSupplier inventoryAnswers,
            MeterRegistry metrics,
            InstantSource clock) {
        var environment = kafka.environment();
        var limit = settings.longestSilence();
        var known = new Freshness("the registry of devices", limit);
        var revoked = new Freshness("the set of revoked certificates", limit);
        this.inventory = new Freshness("the inventory of certificates", limit);
        var letters = new DeadLetters(Principal.REVOCATION_SERVICE, environment, clock);
        var events = new SecurityEvents(Principal.REVOCATION_SERVICE, environment, clock);
        this.registry = new TopicReplica(
                kafka,
                Topics.DEVICE_REGISTRY,
                new DeviceContents(
                        environment,
                        devices,
                        new AsideRecords(RegisteredDevice.class.getSimpleName(), letters, events, aside, metrics)),
                watching(known),
                clock);
        this.revocations = new TopicReplica(
                kafka,
                Topics.CERTIFICATE_REVOKED,
                new RevokedContents(
                        environment,
                        withdrawn,
                        new AsideRecords(CertificateRevoked.class.getSimpleName(), letters, events, aside, metrics)),
                new Watches(List.of(watching(revoked), watching(withdrawals))),
                clock);
        this.knowledge = new LocalKnowledge(List.of(revoked, known, inventory));
        var authorization = new ConnectionAuthorization(
                new Environment(environment),
                authorities::current,
                devices,
                withdrawn,
                settings.profiles(),
                knowledge,
                clock);
        this.server = new ConnectionServer(
                vertx,
                settings.host(),
                settings.port(),
                authorization,
                () -> TrustBundle.of(authorities.current()),
                new Sightings(new SightingEvents(environment, sightings, clock))::see,
                new RefusalReports(new RefusalEvents(events, aside), clock)::report,
                metrics);
        this.inventoryAnswers = inventoryAnswers;
        this.clock = clock;
        gauges(metrics);
    }

    /// Several that watch one topic.
    private record Watches(List<TopicReplica.Watch> all) implements TopicReplica.Watch {

        @Override
        public void knownAsOf(Instant moment) {
            all.forEach(each -> each.knownAsOf(moment));
        }

        @Override
        public void lost() {
            all.forEach(TopicReplica.Watch::lost);
        }
    }

    /// What an inventory says, checked against what is withdrawn anywhere.
    StatusSource checking(StatusSource unchecked) {
        return new CurrentStatuses(unchecked, withdrawn, withdrawals, clock);
    }

    private static TopicReplica.Watch watching(Freshness freshness) {
        return new TopicReplica.Watch() {
            @Override
            public void knownAsOf(Instant moment) {
                freshness.knownAsOf(moment);
            }

            @Override
            public void lost() {
                freshness.lost();
            }
        };
    }

    private void gauges(MeterRegistry metrics) {
        Gauge.builder("evenroll.connection.devices", devices::size)
                .description("Devices that connection authorization knows")
                .register(metrics);
        Gauge.builder("evenroll.connection.withdrawn", withdrawn::size)
                .description("Revoked certificates that connection authorization knows")
                .register(metrics);
    }

    void start() throws UnusableAddressException, InterruptedException {
        server.start();
        registry.start();
        revocations.start();
        var _ = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        if (inventoryAnswers.getAsBoolean()) {
            inventory.knownAsOf(clock.instant());
        }
    }

    int port() {
        return server.port();
    }

    /// For an operator: whether it answers, or why not.
    String state() {
        return knowledge
                .problem(clock.instant())
                .map(problem -> "closed: " + problem)
                .orElse("answers");
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
        registry.close();
        revocations.close();
    }
}
