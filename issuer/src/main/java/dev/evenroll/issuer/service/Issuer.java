package dev.evenroll.issuer.service;

import dev.evenroll.hsm.key.AuthorityCheck;
import dev.evenroll.issuer.issuance.Rehearsal;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.loop.TransactionalLoop;
import dev.evenroll.pki.signature.SignatureProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running CA: its loops, from the moment on when its key has been proven.
///
/// | state | what it does |
/// |---|---|
/// | CA unusable (not valid now, or the test signature or the rehearsal fails) | starts no loop, tries again every ten
/// seconds, not ready |
/// | loops started | ready when every loop is, the CA is still valid, and its key has not failed; proves the key every
/// ten seconds |
/// | closed | loops stopped, key dropped; final |
final class Issuer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

    static final Duration BETWEEN_CHECKS = Duration.ofSeconds(10);
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(5);
    /// A report of a fault must not hold up the loop that has it.
    private static final int LONGEST_REPORT_MILLIS = 2_000;

    private final Authority authority;
    private final AuthorityCheck check;
    private final Rehearsal rehearsal;
    private final KafkaProducer<String, byte[]> reports;
    private final Map<String, TransactionalLoop> loops;
    private final Duration betweenChecks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread starter;

    private volatile @Nullable String unusable = "The CA key has not been tested yet.";

    /// An issuer that is not started yet.
    ///
    /// @param betweenChecks how often the key is proven
    Issuer(
            Authority authority,
            KafkaSettings kafka,
            MeterRegistry metrics,
            InstantSource clock,
            Duration betweenChecks) {
        this.betweenChecks = betweenChecks;
        this.authority = authority;
        this.check = new AuthorityCheck(authority.key(), authority.certificate(), clock);
        this.rehearsal = authority.rehearsal();
        this.reports = new KafkaProducer<>(reporting(kafka));
        this.loops = new Loops(kafka, metrics, clock).of(authority, reports);
        this.starter = Thread.ofPlatform().name("issuer-start").daemon().unstarted(this::startWhenUsable);
    }

    private static Map<String, Object> reporting(KafkaSettings kafka) {
        var settings = kafka.producer();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_REPORT_MILLIS);
        return settings;
    }

    /// Starts the loops as soon as the CA is usable, on a thread of its own.
    void start() {
        LOG.atInfo()
                .addKeyValue("ca", authority.name())
                .addKeyValue("keyId", authority.certificate().keyId())
                .addKeyValue("notAfter", authority.certificate().notAfter())
                .addKeyValue("key", authority.key().description())
                .addKeyValue("signatures", SignatureProvider.present().description())
                .log("Issuing CA opened");
        SignatureProvider.present()
                .problem()
                .ifPresent(
                        problem -> LOG.atWarn().addKeyValue("problem", problem).log("Signatures take longer"));
        starter.start();
    }

    private void startWhenUsable() {
        try {
            for (var problem = problem(); problem.isPresent(); problem = problem()) {
                unusable = problem.get();
                LOG.atWarn().addKeyValue("problem", problem.get()).log("The CA can not issue now; trying again");
                if (closedWithin(betweenChecks)) {
                    return;
                }
            }
            unusable = null;
            loops.values().forEach(TransactionalLoop::start);
            keepProving();
        } catch (InterruptedException e) {
            // Closed while it waited for a token.
            Thread.currentThread().interrupt();
        }
    }

    /// A key that is lost while nothing is to be signed would go unnoticed until a device waits for it.
    private void keepProving() throws InterruptedException {
        while (!closedWithin(betweenChecks)) {
            var problem = check.proofProblem();
            problem.ifPresent(sentence ->
                    LOG.atWarn().addKeyValue("problem", sentence).log("The CA key can not be used now; trying again"));
            unusable = problem.orElse(null);
        }
    }

    private boolean closedWithin(Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<String> problem() {
        return check.validityProblem().or(check::proofProblem).or(rehearsal::problem);
    }

    /// Asks every part; costs no signature.
    ReadinessReport readiness() {
        var facts = new TreeMap<String, String>();
        facts.put("ca", authority.name());
        facts.put("keyId", authority.certificate().keyId());
        facts.put("key", authority.key().description());
        facts.put("notAfter", authority.certificate().notAfter().toString());
        facts.put("signatures", SignatureProvider.present().description());
        SignatureProvider.present().problem().ifPresent(sentence -> facts.put("signatures.problem", sentence));
        authority.key().facts().forEach((name, fact) -> facts.put("key." + name, fact));
        var problem = Optional.ofNullable(unusable).or(check::validityProblem).or(authority.key()::problem);
        problem.ifPresent(sentence -> facts.put("problem", sentence));
        loops.forEach((name, loop) -> facts.put("loop." + name, loop.problem().orElse("ready")));
        return new ReadinessReport(
                problem.isEmpty() && loops.values().stream().allMatch(TransactionalLoop::ready), facts);
    }

    /// Whether every loop's thread lives; one that does not only comes back with the process.
    boolean alive() {
        return loops.values().stream().allMatch(TransactionalLoop::alive);
    }

    @Override
    public void close() {
        closed.countDown();
        starter.interrupt();
        try {
            // Not for ever: a token that does not answer holds it.
            starter.join(LONGEST_JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.values().parallelStream().forEach(TransactionalLoop::close);
        reports.close(Duration.ofMillis(LONGEST_REPORT_MILLIS));
        authority.key().close();
    }
}
