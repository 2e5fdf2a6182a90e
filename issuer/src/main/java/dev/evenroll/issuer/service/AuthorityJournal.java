package dev.evenroll.issuer.service;

import dev.evenroll.hsm.ceremony.CeremonyEntry;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.CeremonyLog;
import dev.evenroll.issuer.kafka.AuthorityChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the record of the ceremonies, `ceremony.jsonl`, and publishes its lines; and that a CA has become active.
///
/// A record whose chain is broken, or that has lost lines, is told to the SOC and in readiness; nothing of it is
/// published before it is whole. Certificates are issued all the same.
final class AuthorityJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityJournal.class);
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(5);
    private static final String RECORD = "ceremony.jsonl";

    private final Path file;
    private final String environment;
    private final AuthorityRegister authorities;
    private final AuthorityChanges changes;
    private final Producer<String, byte[]> reports;
    private final Duration betweenLooks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile String problem = "";

    /// @param directory of the CAs
    /// @param reports producer of security observations
    AuthorityJournal(
            Path directory,
            String environment,
            AuthorityRegister authorities,
            AuthorityChanges changes,
            Producer<String, byte[]> reports,
            Duration betweenLooks) {
        this.file = directory.resolve(RECORD);
        this.environment = environment;
        this.authorities = authorities;
        this.changes = changes;
        this.reports = reports;
        this.betweenLooks = betweenLooks;
        this.thread =
                Thread.ofPlatform().name("issuer-authority-journal").daemon().unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    /// Whether its thread lives, as long as it should.
    boolean alive() {
        return thread.getState() != Thread.State.TERMINATED;
    }

    /// What is wrong with the record; empty when nothing is.
    String problem() {
        return problem;
    }

    private void follow() {
        try {
            do {
                look();
            } while (!closed.await(betweenLooks.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Closed while it waited.
            Thread.currentThread().interrupt();
        }
    }

    /// Looks once.
    void look() {
        List<CeremonyEntry> entries = List.of();
        var found = "";
        try {
            entries = entries();
        } catch (CeremonyException | IOException e) {
            found = String.valueOf(e.getMessage());
        }
        var active = authorities
                .activeHeld()
                .map(held -> new AuthorityChanges.Activation(held.authority(), held.activeFrom()));
        try {
            changes.publish(entries, active);
            tell(found.isEmpty() ? changes.lost(entries) : found);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("Changes of CAs could not be published; trying again");
        }
    }

    private List<CeremonyEntry> entries() throws IOException, CeremonyException {
        var entries = CeremonyLog.read(file).entries();
        for (var entry : entries) {
            if (!entry.environment().equals(environment)) {
                throw new CeremonyException("The record " + file + " has a line of environment \"" + entry.environment()
                        + "\", and this issuer is of \"" + environment + "\"; give it its own CAs.");
            }
        }
        return entries;
    }

    private void tell(String found) {
        if (!found.isEmpty() && !found.equals(problem)) {
            LOG.atError().addKeyValue("problem", found).log("The record of the ceremonies is not as it was written");
        }
        problem = found;
        changes.report(found, reports);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(LONGEST_JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
