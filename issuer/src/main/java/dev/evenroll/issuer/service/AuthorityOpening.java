package dev.evenroll.issuer.service;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.pkcs11.TokenFault;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.kafka.FaultReports;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a CA of its files: its key timed and its faults counted, each under the name of the CA, and its troubles told.
final class AuthorityOpening implements AuthorityRegister.Opening {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityOpening.class);

    private final Profiles profiles;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Duration betweenChecks;
    private final FaultReports faults;
    private final Map<AuthorityName, HeldAuthority> last = new ConcurrentHashMap<>();

    /// @param betweenChecks how often each key is proven
    AuthorityOpening(
            Profiles profiles,
            MeterRegistry metrics,
            InstantSource clock,
            Duration betweenChecks,
            FaultReports faults) {
        this.profiles = profiles;
        this.metrics = metrics;
        this.clock = clock;
        this.betweenChecks = betweenChecks;
        this.faults = faults;
    }

    @Override
    public HeldAuthority open(AuthorityKey key, IssuingCertificate certificate) {
        var timed = new TimedIssuingKey(
                new DeferredKey(key.place(), certificate, counting(key.name())), key.name(), metrics);
        var held = new HeldAuthority(
                key, new Authority(key.name(), timed, certificate), profiles, clock, betweenChecks, this::tell);
        last.put(key.name(), held);
        gauge(
                "usable",
                held,
                "Whether the CA can issue, or will be able to when it becomes active: 1, else 0",
                each -> each.problem().isEmpty() ? 1 : 0);
        gauge(
                "not.after",
                held,
                "When the certificate of the CA ends, in seconds since 1970",
                each -> each.authority().certificate().certificateNotAfter().getEpochSecond());
        return held;
    }

    /// Of whichever CA has this name; NaN once none has, so that no alarm stands for one that was taken away.
    private void gauge(String what, HeldAuthority held, String description, ToDoubleFunction<HeldAuthority> value) {
        var name = held.authority().name();
        Gauge.builder("evenroll.issuer.authority." + what, last, now -> value(now.get(name), value))
                .description(description)
                .tag("authority", name.text())
                .register(metrics);
    }

    private static double value(@Nullable HeldAuthority held, ToDoubleFunction<HeldAuthority> value) {
        return held == null || held.closed() ? Double.NaN : value.applyAsDouble(held);
    }

    /// Loudest for a CA that is to become active: there is time to mend it.
    private void tell(HeldAuthority held) {
        var authority = held.authority();
        var problem = held.problem();
        if (problem.isEmpty()) {
            LOG.atInfo().addKeyValue("ca", authority.name()).log("The CA can issue");
            return;
        }
        Instant activeFrom = held.activeFrom();
        if (activeFrom.isAfter(clock.instant())) {
            LOG.atError()
                    .addKeyValue("ca", authority.name())
                    .addKeyValue("activeFrom", activeFrom)
                    .addKeyValue("problem", problem.get())
                    .log("The next CA will not be able to issue when it becomes active; mend it before");
            faults.report(
                    authority.keyId(),
                    "The CA " + authority.name() + " becomes active on " + activeFrom + " and can not issue: "
                            + problem.get());
        } else {
            LOG.atWarn()
                    .addKeyValue("ca", authority.name())
                    .addKeyValue("problem", problem.get())
                    .log("The CA can not issue now; trying again");
            faults.report(authority.keyId(), problem.get());
        }
    }

    /// Counts each kind of fault; all are there from the start, so that an alarm can be set on them.
    private Consumer<TokenFault> counting(AuthorityName name) {
        for (TokenFault fault : TokenFault.values()) {
            var _ = counter(name, fault);
        }
        return fault -> counter(name, fault).increment();
    }

    private Counter counter(AuthorityName name, TokenFault fault) {
        return Counter.builder("evenroll.issuer.token.faults")
                .description("Faults of the token with the key of a CA")
                .tag("authority", name.text())
                .tag("kind", fault.label())
                .register(metrics);
    }
}
