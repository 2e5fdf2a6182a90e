package dev.evenroll.issuer.service;

import dev.evenroll.issuer.signing.IssuingKey;
import dev.evenroll.issuer.signing.SigningFaultException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// An issuing key whose signatures are timed: `evenroll.issuer.signing`, failed ones included.
final class TimedIssuingKey implements IssuingKey {

    private final IssuingKey key;
    private final Timer timer;

    TimedIssuingKey(IssuingKey key, MeterRegistry metrics) {
        this.key = key;
        this.timer = Timer.builder("evenroll.issuer.signing")
                .description("Time that the CA key takes to sign a certificate or a CRL")
                .publishPercentileHistogram()
                .register(metrics);
    }

    @Override
    public byte[] sign(byte[] tbs) throws SigningFaultException {
        var sample = Timer.start();
        try {
            return key.sign(tbs);
        } finally {
            sample.stop(timer);
        }
    }

    @Override
    public void prove(IssuingCertificate certificate) throws SigningFaultException {
        key.prove(certificate);
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
    public void close() {
        key.close();
    }
}
