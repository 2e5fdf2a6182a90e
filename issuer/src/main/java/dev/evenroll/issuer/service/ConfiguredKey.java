package dev.evenroll.issuer.service;

import dev.evenroll.hsm.key.CaChain;
import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.Pkcs12IssuingKey;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.Pkcs11IssuingKey;
import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.hsm.pkcs11.TokenFault;
import dev.evenroll.pki.issuance.IssuingCertificate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The CA key that the configuration names, in a PKCS#12 file or in a PKCS#11 token, and its certificate.
record ConfiguredKey(IssuingKey key, IssuingCertificate certificate) {

    private static final String ALIAS = "issuing-ca";
    private static final String KEYSTORE = "evenroll.ca.keystore";
    private static final String PASSWORD = "evenroll.ca.keystore-password-file";
    private static final String TOKEN = "evenroll.ca.pkcs11";
    private static final String CHAIN = "evenroll.ca.chain";

    private static final int SESSIONS = 4;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(2);

    /// Opens it. A token may still be missing; a wrong configuration ends the start.
    ///
    /// @throws ConfigurationException with the property and what to do
    static ConfiguredKey open(IssuerConfiguration.Ca ca, MeterRegistry metrics) {
        if (ca.pkcs11().isPresent()
                && (ca.keystore().isPresent() || ca.keystorePasswordFile().isPresent())) {
            throw new ConfigurationException(KEYSTORE + ", " + TOKEN
                    + ": both are set, and a CA has one key; remove the properties of the one that is not used.");
        }
        if (ca.pkcs11().isPresent()) {
            return inToken(ca.pkcs11().get(), required(CHAIN, TOKEN, ca.chain()), metrics);
        }
        if (ca.keystore().isEmpty() && ca.keystorePasswordFile().isEmpty()) {
            throw new ConfigurationException(KEYSTORE + ", " + TOKEN + ": neither is set; set " + KEYSTORE + " and "
                    + PASSWORD + " for a key in a file, or " + TOKEN
                    + ".module, .token-label, .key-label and .pin-file "
                    + "and " + CHAIN + " for a key in a token.");
        }
        return inFile(
                required(KEYSTORE, PASSWORD, ca.keystore()), required(PASSWORD, KEYSTORE, ca.keystorePasswordFile()));
    }

    private static Path required(String property, String beside, Optional<Path> value) {
        return value.orElseThrow(() ->
                new ConfigurationException(property + ": is missing; it has to be set together with " + beside + "."));
    }

    private static ConfiguredKey inFile(Path keystore, Path passwordFile) {
        try {
            var key = Pkcs12IssuingKey.open(keystore, passwordFile, ALIAS);
            return new ConfiguredKey(key, key.certificate());
        } catch (UnusableKeystoreException e) {
            throw IssuerLifecycle.unusable(KEYSTORE + ", " + PASSWORD, e);
        }
    }

    private static ConfiguredKey inToken(IssuerConfiguration.Token token, Path chain, MeterRegistry metrics) {
        IssuingCertificate certificate;
        try {
            certificate = CaChain.read(chain);
        } catch (UnusableKeystoreException e) {
            throw IssuerLifecycle.unusable(CHAIN, e);
        }
        try {
            var settings = new Pkcs11Settings(
                    token.module(),
                    token.tokenLabel(),
                    token.keyLabel(),
                    token.pinFile(),
                    token.sessions().orElse(SESSIONS),
                    token.slowAfter().orElse(SLOW_AFTER),
                    token.initArguments().orElse(""));
            return new ConfiguredKey(Pkcs11IssuingKey.of(settings, certificate, counting(metrics)), certificate);
        } catch (UnusableKeystoreException | IllegalArgumentException e) {
            throw IssuerLifecycle.unusable(TOKEN, e);
        }
    }

    /// Counts each kind of fault; all are there from the start, so that an alarm can be set on them.
    private static Consumer<TokenFault> counting(MeterRegistry metrics) {
        for (TokenFault fault : TokenFault.values()) {
            var _ = counter(metrics, fault);
        }
        return fault -> counter(metrics, fault).increment();
    }

    private static Counter counter(MeterRegistry metrics, TokenFault fault) {
        return Counter.builder("evenroll.issuer.token.faults")
                .description("Faults of the token with the CA key")
                .tag("kind", fault.label())
                .register(metrics);
    }
}
