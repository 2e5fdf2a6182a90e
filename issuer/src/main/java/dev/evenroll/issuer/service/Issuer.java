package dev.evenroll.issuer.service;

import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.kafka.AuthorityChanges;
import dev.evenroll.issuer.kafka.FaultReports;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.loop.TransactionalLoop;
import dev.evenroll.pki.signature.SignatureProvider;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running issuer: its CAs, and its loops, from the moment on when the active CA has been proven.
///
/// | state | what it does |
/// |---|---|
/// | active CA unusable (there is none, it is not valid now, its test signature or its rehearsal fails) | starts no
/// loop,
/// not ready |
/// | loops started | ready when every loop is, and the active CA can issue |
/// | closed | loops stopped, keys dropped; final |
///
/// In each state it looks again and again at the directory of CAs, and proves the key of each.
final class Issuer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(5);
    /// A report of a fault must not hold up the loop that has it.
    private static final int LONGEST_REPORT_MILLIS = 2_000;

    private final KafkaProducer<String, byte[]> reports;
    private final AuthorityRegister authorities;
    private final AuthorityJournal journal;
    private final Profiles profiles;
    private final Map<String, TransactionalLoop> loops;
    private final Duration betweenLooks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;

    /// An issuer that is not started yet.
    ///
    /// @param opening reads the directory of CAs; is given where troubles with them are told
    /// @param betweenLooks how often the directory is looked at
    Issuer(
            Function<FaultReports, AuthorityRegister> opening,
            Profiles profiles,
            KafkaSettings kafka,
            MeterRegistry metrics,
            InstantSource clock,
            Duration betweenLooks) {
        this.betweenLooks = betweenLooks;
        this.profiles = profiles;
        this.reports = new KafkaProducer<>(reporting(kafka));
        var faults = new FaultReports(kafka.environment(), reports, clock);
        this.authorities = opening.apply(faults);
        Gauge.builder(
                        "evenroll.issuer.directory.problems",
                        authorities,
                        register -> register.problems().size())
                .description("What of the directory of CAs is not in force")
                .register(metrics);
        this.journal = new AuthorityJournal(
                authorities.directory(),
                kafka.environment(),
                authorities,
                new AuthorityChanges(kafka, clock),
                reports,
                betweenLooks);
        this.loops = new Loops(kafka, metrics, clock).of(authorities, authorities.signatures(), profiles, faults);
        this.watch = Thread.ofPlatform().name("issuer-authorities").daemon().unstarted(this::watchAuthorities);
    }

    private static Map<String, Object> reporting(KafkaSettings kafka) {
        var settings = kafka.producer();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_REPORT_MILLIS);
        return settings;
    }

    /// Starts the loops as soon as the active CA is usable, on a thread of its own.
    void start() {
        LOG.atInfo()
                .addKeyValue("signatures", SignatureProvider.present().description())
                .log("Issuer starts");
        SignatureProvider.present()
                .problem()
                .ifPresent(
                        problem -> LOG.atWarn().addKeyValue("problem", problem).log("Signatures take longer"));
        watch.start();
        journal.start();
    }

    private void watchAuthorities() {
        boolean started = false;
        Optional<String> active = Optional.empty();
        try {
            do {
                authorities.refresh();
                active = tellActive(active);
                if (!started && authorities.problem().isEmpty()) {
                    loops.values().forEach(TransactionalLoop::start);
                    started = true;
                }
            } while (!closed.await((started ? betweenLooks : shortly()).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Closed while it looked.
            Thread.currentThread().interrupt();
        }
    }

    private Duration shortly() {
        return betweenLooks.dividedBy(10);
    }

    private Optional<String> tellActive(Optional<String> before) {
        var active = authorities.active();
        var keyId = active.map(authority -> authority.keyId());
        if (!keyId.equals(before)) {
            active.ifPresent(authority -> LOG.atInfo()
                    .addKeyValue("ca", authority.name())
                    .addKeyValue("keyId", authority.keyId())
                    .log("The CA is active"));
        }
        return keyId;
    }

    /// Asks every part; costs no signature.
    ReadinessReport readiness() {
        var facts = new TreeMap<String, String>();
        facts.put("signatures", SignatureProvider.present().description());
        SignatureProvider.present().problem().ifPresent(sentence -> facts.put("signatures.problem", sentence));
        authorities
                .active()
                .ifPresent(active -> facts.put("active", active.name().text()));
        authorities
                .all()
                .forEach(held -> held.facts(authorities.state(held))
                        .forEach((name, fact) ->
                                facts.put("ca." + held.authority().name() + "." + name, fact)));
        var problem = authorities
                .problem()
                .or(() -> profiles.problemWith(authorities.all().size()));
        problem.ifPresent(sentence -> facts.put("problem", sentence));
        var directory = String.join(" ", authorities.problems());
        if (!directory.isEmpty()) {
            facts.put("directory", directory);
        }
        if (!journal.problem().isEmpty()) {
            facts.put("ceremony", journal.problem());
        }
        loops.forEach((name, loop) -> facts.put("loop." + name, loop.problem().orElse("ready")));
        return new ReadinessReport(
                problem.isEmpty() && loops.values().stream().allMatch(TransactionalLoop::ready), facts);
    }

    /// Whether every thread lives that should; one that does not only comes back with the process.
    boolean alive() {
        if (closed.getCount() == 0) {
            return true;
        }
        return watch.getState() != Thread.State.TERMINATED
                && journal.alive()
                && loops.values().stream().allMatch(TransactionalLoop::alive);
    }

    @Override
    public void close() {
        closed.countDown();
        watch.interrupt();
        journal.close();
        try {
            watch.join(LONGEST_JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // At a time: each may wait for a broker that does not answer.
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            loops.values().forEach(loop -> closing.execute(loop::close));
        }
        reports.close(Duration.ofMillis(LONGEST_REPORT_MILLIS));
        authorities.close();
    }
}
