package dev.evenroll.validator.service;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.kafka.streams.StreamsMeters;
import dev.evenroll.kafka.streams.StreamsRunner;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.validator.administration.CommandDesk;
import dev.evenroll.validator.administration.Forwarding;
import dev.evenroll.validator.administration.Manufacturers;
import dev.evenroll.validator.administration.Patience;
import dev.evenroll.validator.administration.Replicas;
import dev.evenroll.validator.authority.AuthorityDirectory;
import dev.evenroll.validator.enrollment.ApprovalDirectory;
import dev.evenroll.validator.enrollment.KeyDirectory;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.streams.AdministrationProducer;
import dev.evenroll.validator.streams.ApprovalQueries;
import dev.evenroll.validator.streams.AuthorityQueries;
import dev.evenroll.validator.streams.CommandProducer;
import dev.evenroll.validator.streams.DeviceQueries;
import dev.evenroll.validator.streams.KeyQueries;
import dev.evenroll.validator.streams.SecurityProducer;
import dev.evenroll.validator.streams.StreamsReplicas;
import dev.evenroll.validator.streams.ValidatorTopology;
import dev.evenroll.validator.validation.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The objects of the application, each made once.
@Singleton
final class Beans {

    /// How long a caller waits for the registry to apply a command.
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// A caller is told of an unreachable broker before it gives up by itself.
    private static final int PRODUCER_LIMIT_MILLIS = 5_000;

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Environment environment(ValidatorConfig config) {
        try {
            return new Environment(config.environment());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("evenroll.environment: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    KafkaSettings kafkaSettings(ValidatorConfig config, Environment environment) {
        var settings = KafkaSettings.load(
                config.kafka().clientProperties(), Principal.CSR_VALIDATOR, environment.name(), config.instance());
        return config.advertisedUrl()
                .map(AdvertisedUrl::of)
                .map(advertised -> settings.advertising(advertised.hostAndPort()))
                .orElse(settings);
    }

    @Produces
    @Singleton
    Trust trust(ValidatorConfig config) {
        return Trust.load(config.trust(), config.ca().directory());
    }

    @Produces
    @Singleton
    RulesInForce rules(ValidatorConfig config) {
        return RulesInForce.load(config);
    }

    @Produces
    @Singleton
    ConfigurationWatch watch(Trust trust, RulesInForce rules, SecurityProducer security) {
        var followed = Stream.of(trust.followed(), rules.followed())
                .flatMap(List::stream)
                .toList();
        return new ConfigurationWatch(followed, security::configurationUnusable);
    }

    void close(@Disposes ConfigurationWatch watch) {
        watch.close();
    }

    @Produces
    @Singleton
    EndedCommands endedCommands() {
        return new EndedCommands();
    }

    @Produces
    @Singleton
    Commits commits() {
        return new Commits();
    }

    @Produces
    @Singleton
    Manufacturers manufacturers(Trust trust) {
        return new Manufacturers(trust::manufacturerNames);
    }

    @Produces
    @Singleton
    Profiles profiles(RulesInForce rules) {
        return rules.profile().profiles();
    }

    @Produces
    @Singleton
    StreamsRunner streams(
            KafkaSettings settings,
            ValidatorConfig config,
            Trust trust,
            RulesInForce rules,
            EndedCommands ended,
            Commits commits,
            InstantSource clock,
            MeterRegistry metrics) {
        var judge = new Judge(
                trust.manufacturers()::current,
                trust::issuingAnchors,
                trust::registrationAuthorityAnchors,
                trust::attestationAnchors,
                rules::policies,
                rules.profile(),
                clock);
        var topology = ValidatorTopology.build(
                settings.environment(), judge, rules.inFlightLimit(), ended, commits, clock, metrics);
        return new StreamsRunner(
                settings.committingEvery(ValidatorTopology.LONGEST_UNCOMMITTED),
                topology,
                commits,
                config.stateDirectory(),
                metrics);
    }

    void close(@Disposes StreamsRunner streams) {
        streams.close();
    }

    @Produces
    @Singleton
    Producer<String, byte[]> producer(KafkaSettings settings) {
        var properties = settings.producer();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PRODUCER_LIMIT_MILLIS);
        return new KafkaProducer<>(properties);
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(2));
    }

    @Produces
    @Singleton
    static MeterFilter published() {
        return StreamsMeters.filter();
    }

    @Produces
    @Singleton
    SecurityProducer security(
            Producer<String, byte[]> producer, Environment environment, InstantSource clock, MeterRegistry metrics) {
        return new SecurityProducer(producer, environment.name(), clock, metrics);
    }

    void close(@Disposes SecurityProducer security) {
        security.close();
    }

    @Produces
    @Singleton
    DeviceDirectory devices(StreamsRunner streams, Commits commits, InstantSource clock) {
        return new DeviceQueries(streams.streams(), commits, clock);
    }

    @Produces
    @Singleton
    CommandLog commands(Producer<String, byte[]> producer, Environment environment, InstantSource clock) {
        return new CommandProducer(producer, environment.name(), clock);
    }

    @Produces
    @Singleton
    CommandDesk desk(CommandLog commands, DeviceDirectory devices, EndedCommands ended) {
        return new CommandDesk(commands, devices, ended, PATIENCE);
    }

    @Produces
    @Singleton
    Replicas replicas(StreamsRunner streams, ValidatorConfig config) {
        var here = config.advertisedUrl().map(AdvertisedUrl::of).map(AdvertisedUrl::hostAndPort);
        return new StreamsReplicas(streams.streams(), here.orElse(null));
    }

    @Produces
    @Singleton
    HttpClient replicaClient(ValidatorConfig config) {
        return ReplicaClient.of(config.advertisedAnchor());
    }

    void close(@Disposes HttpClient client) {
        client.shutdownNow();
    }

    @Produces
    @Singleton
    Forwarding forwarding(Replicas replicas, HttpClient client) {
        return new Forwarding(replicas, client);
    }

    @Produces
    @Singleton
    Patience patience() {
        return new Patience(PATIENCE);
    }

    @Produces
    @Singleton
    ApprovalDirectory approvals(StreamsRunner streams, Commits commits, InstantSource clock) {
        return new ApprovalQueries(streams.streams(), commits, clock);
    }

    @Produces
    @Singleton
    KeyDirectory keys(StreamsRunner streams, Commits commits) {
        return new KeyQueries(streams.streams(), commits);
    }

    @Produces
    @Singleton
    AuthorityDirectory authorities(StreamsRunner streams, Environment environment) {
        return new AuthorityQueries(streams.streams(), environment.name());
    }

    @Produces
    @Singleton
    AdministrationProducer administrationProducer(
            Producer<String, byte[]> producer, Environment environment, InstantSource clock) {
        return new AdministrationProducer(producer, environment.name(), clock);
    }
}
