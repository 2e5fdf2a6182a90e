package dev.evenroll.issuer.service;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// An issuing key whose signatures are timed: `evenroll.issuer.signing`, failed ones included.
final class TimedIssuingKey implements IssuingKey {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final IssuingKey key;
    private final Timer timer;
    private volatile long lastNanos;

    TimedIssuingKey(IssuingKey key, AuthorityName name, MeterRegistry metrics) {
        this.key = key;
        this.timer = Timer.builder("evenroll.issuer.signing")
                .description("Time that the key of a CA takes to sign a certificate or a CRL")
                .tag("authority", name.text())
                .publishPercentileHistogram()
                .register(metrics);
    }

    @Override
    public byte[] sign(byte[] tbs) throws SigningFaultException {
        var sample = Timer.start();
        try {
            return key.sign(tbs);
        } finally {
            lastNanos = sample.stop(timer);
        }
    }

    @Override
    public void prove(IssuingCertificate certificate) throws SigningFaultException {
        key.prove(certificate);
    }

    @Override
    public int concurrency() {
        return key.concurrency();
    }

    @Override
    public SignatureScheme scheme() {
        return key.scheme();
    }

    @Override
    public String description() {
        return key.description();
    }

    @Override
    public Optional<String> problem() {
        return key.problem();
    }

    /// Those of the key, and how long its signatures take.
    @Override
    public Map<String, String> facts() {
        var facts = new TreeMap<>(key.facts());
        facts.put("signatures", Long.toString(timer.count()));
        if (timer.count() > 0) {
            facts.put("signatureMeanMillis", String.format(Locale.ROOT, "%.3f", timer.mean(TimeUnit.MILLISECONDS)));
            facts.put("signatureLastMillis", String.format(Locale.ROOT, "%.3f", (double) lastNanos / NANOS_PER_MILLI));
        }
        return facts;
    }

    @Override
    public void close() {
        key.close();
    }
}
