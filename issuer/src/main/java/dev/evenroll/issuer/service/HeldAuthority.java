package dev.evenroll.issuer.service;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.key.AuthorityCheck;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.issuance.Rehearsal;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One CA of this issuer, tested again and again: its validity, its key, and that it and the profiles fit each
/// other. A CA that is not active yet is tested as of the time when it will be.
///
/// The tests run in a thread of its own, so that a token that does not answer holds up no other CA.
final class HeldAuthority implements AutoCloseable {

    /// How long a signature of a CA that has made way is waited for.
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /// How soon a CA that can not issue is tested again, so that readiness follows soon when its token is back.
    private static final Duration WHILE_BROKEN = Duration.ofSeconds(2);

    private static final Duration LONGEST_JOIN = Duration.ofSeconds(5);

    private final AuthorityKey configured;
    private final Authority authority;
    private final InstantSource clock;
    private final AuthorityCheck check;
    private final Rehearsal rehearsal;
    private final Consumer<HeldAuthority> changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread prover;

    private volatile @Nullable String problem;
    private volatile Instant lastGood;

    /// Guarded by this.
    private boolean rehearsed;

    /// A CA that is not tested yet.
    ///
    /// @param changed is told when its problem has become another one, or has gone
    HeldAuthority(
            AuthorityKey configured,
            Authority authority,
            Profiles profiles,
            InstantSource clock,
            Duration betweenChecks,
            Consumer<HeldAuthority> changed) {
        this.configured = configured;
        this.authority = authority;
        this.clock = clock;
        this.changed = changed;
        InstantSource whenActive = () -> {
            var now = clock.instant();
            return now.isBefore(configured.activeFrom()) ? configured.activeFrom() : now;
        };
        this.check = new AuthorityCheck(authority.key(), authority.certificate(), whenActive);
        this.rehearsal = new Rehearsal(authority, profiles, whenActive);
        this.problem = "The key of the CA " + configured.name() + " has not been tested yet.";
        this.lastGood = clock.instant();
        this.prover = Thread.ofPlatform()
                .name("issuer-ca-" + configured.name())
                .daemon()
                .unstarted(() -> keepChecking(betweenChecks));
    }

    void start() {
        prover.start();
    }

    private void keepChecking(Duration betweenChecks) {
        try {
            do {
                check();
            } while (!closed.await(pause(betweenChecks).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Closed while it waited for a token.
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause(Duration betweenChecks) {
        return problem == null || betweenChecks.compareTo(WHILE_BROKEN) < 0 ? betweenChecks : WHILE_BROKEN;
    }

    private synchronized void check() {
        var found = find();
        if (closed()) {
            return;
        }
        if (found == null) {
            rehearsed = true;
            lastGood = clock.instant();
        }
        boolean told = found == null ? problem == null : found.equals(problem);
        problem = found;
        if (!told) {
            changed.accept(this);
        }
    }

    private @Nullable String find() {
        try {
            return check.validityProblem()
                    .or(check::proofProblem)
                    .or(() -> rehearsed ? Optional.empty() : rehearsal.problem())
                    .orElse(null);
        } catch (RuntimeException e) {
            // Of native code, for example. Without this thread the CA would be what it was last, for ever.
            return "The CA " + configured.name() + " could not be tested (" + e
                    + "); it is tested again by itself. Look in the log of its token.";
        }
    }

    Authority authority() {
        return authority;
    }

    Instant activeFrom() {
        return configured.activeFrom();
    }

    /// Whether it was taken away.
    boolean closed() {
        return closed.getCount() == 0;
    }

    /// Whether it is what the files say.
    boolean is(AuthorityKey key, IssuingCertificate certificate) {
        return configured.equals(key) && authority.certificate().chain().equals(certificate.chain());
    }

    /// Why it can not issue now, or at the time when it becomes active; empty when it can. Costs no signature.
    Optional<String> problem() {
        return Optional.ofNullable(problem).or(check::validityProblem).or(authority.key()::problem);
    }

    /// Why it is of no use any more: its key has not worked for long; empty when it has.
    Optional<String> lost() {
        return Duration.between(lastGood, clock.instant()).compareTo(PATIENCE) > 0
                ? Optional.of("its key has not worked since " + lastGood + " ("
                        + problem().orElse("it does not answer") + ").")
                : Optional.empty();
    }

    /// What health tells of it, by name; no secret.
    ///
    /// @param state `active`, `next` or `former`
    Map<String, String> facts(String state) {
        var facts = new TreeMap<String, String>();
        facts.put("state", state);
        facts.put(
                "subject",
                authority.certificate().certificate().getSubjectX500Principal().getName());
        facts.put("keyId", authority.keyId());
        facts.put("activeFrom", configured.activeFrom().toString());
        facts.put("notAfter", authority.certificate().certificateNotAfter().toString());
        facts.put("key", authority.key().description());
        authority.key().facts().forEach((name, fact) -> facts.put("key." + name, fact));
        problem().ifPresent(sentence -> facts.put("problem", sentence));
        return facts;
    }

    @Override
    public void close() {
        closed.countDown();
        prover.interrupt();
        try {
            // Not for ever: a token that does not answer holds it.
            prover.join(LONGEST_JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        authority.key().close();
    }
}
