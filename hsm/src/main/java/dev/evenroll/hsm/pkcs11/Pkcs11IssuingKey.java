package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.Proof;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A CA key in a PKCS#11 token, from which it can not be taken.
///
/// The token is opened at the first use, and again after a fault, when the calls in flight have come back. What is
/// wrong with it is said, counted and tried again at the next use; only a refused PIN waits for another one.
///
/// Safe for use by many threads. `lock` guards `current`, `retired` and `closed`.
public final class Pkcs11IssuingKey implements IssuingKey {

    private static final Logger LOG = LoggerFactory.getLogger(Pkcs11IssuingKey.class);

    private final Cryptoki cryptoki;
    private final Pkcs11Settings settings;
    private final PinFile pin;
    private final SignatureScheme scheme;
    private final Mechanism mechanism;
    private final Consumer<TokenFault> faults;
    private final CallWatch watch;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OpenToken current;
    private @Nullable OpenToken retired;
    private boolean closed;
    private volatile @Nullable String lastFault;

    private Pkcs11IssuingKey(
            Cryptoki cryptoki,
            Pkcs11Settings settings,
            SignatureScheme scheme,
            Mechanism mechanism,
            Consumer<TokenFault> faults) {
        this.cryptoki = cryptoki;
        this.settings = settings;
        this.pin = new PinFile(settings.pinFile());
        this.scheme = scheme;
        this.mechanism = mechanism;
        this.faults = faults;
        this.watch = new CallWatch(settings.token(), settings.slowAfter(), sentence -> {
            faults.accept(TokenFault.SLOW);
            LOG.atWarn().addKeyValue("problem", sentence).log("The token is slow");
        });
    }

    /// Loads the library and reads the PIN file; the token itself need not be there yet.
    ///
    /// @param certificate of the CA; its public key decides how is signed
    /// @param faults is told of every fault
    /// @throws UnusableKeystoreException when the configuration is wrong, with what to do
    public static Pkcs11IssuingKey of(
            Pkcs11Settings settings, IssuingCertificate certificate, Consumer<TokenFault> faults)
            throws UnusableKeystoreException {
        return of(LoadedModules.load(settings.module()), settings, certificate, faults);
    }

    static Pkcs11IssuingKey of(
            Cryptoki cryptoki, Pkcs11Settings settings, IssuingCertificate certificate, Consumer<TokenFault> faults)
            throws UnusableKeystoreException {
        var mechanism = Mechanism.of(certificate.scheme())
                .orElseThrow(() -> new UnusableKeystoreException(
                        "The CA signs with " + certificate.scheme()
                                + ", which is not offered with PKCS#11; use a CA with a P-256, P-384, P-521, RSA or "
                                + "Ed25519 key.",
                        null));
        var key = new Pkcs11IssuingKey(cryptoki, settings, certificate.scheme(), mechanism, faults);
        try {
            key.pin.check();
        } catch (UnusableKeystoreException e) {
            key.close();
            throw e;
        }
        return key;
    }

    /// The one place where a certificate or a CRL is signed with a key in a token.
    @Override
    public byte[] sign(byte[] tbs) throws SigningFaultException {
        return signature(tbs);
    }

    @Override
    public void prove(IssuingCertificate claimed) throws SigningFaultException {
        try {
            Proof.of(description(), claimed, this::signature);
        } catch (SigningFaultException e) {
            // A handle that has gone stale may sign with another key; after the next opening it does not.
            retireAny();
            throw e;
        }
    }

    private byte[] signature(byte[] bytes) throws SigningFaultException {
        try {
            byte[] signature = mechanism.signature(answer(mechanism.input(bytes)));
            lastFault = null;
            return signature;
        } catch (TokenFaultException e) {
            lastFault = e.getMessage();
            throw new SigningFaultException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            var message =
                    "The " + settings.key() + " returned no signature: " + e.getMessage() + "; replace the token.";
            faults.accept(TokenFault.DEVICE_FAILED);
            lastFault = message;
            throw new SigningFaultException(message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SigningFaultException(
                    "The wait for the " + settings.token() + " was interrupted; the service is stopping.", e);
        }
    }

    private byte[] answer(byte[] input) throws TokenFaultException, SigningFaultException, InterruptedException {
        for (boolean again = true; ; ) {
            var token = opened();
            try {
                return token.sign(input, watch);
            } catch (SessionPool.RetiredException e) {
                // Another thread met a fault; the token is opened again.
                LOG.atDebug().log("Waited for a session of a token that was retired");
            } catch (TokenFaultException e) {
                retire(token, e);
                if (!again || !e.fault().mayPassAtOnce()) {
                    throw e;
                }
                again = false;
            }
        }
    }

    private OpenToken opened() throws TokenFaultException, SigningFaultException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return openedUnderLock();
        } finally {
            lock.unlock();
        }
    }

    private OpenToken openedUnderLock() throws TokenFaultException, SigningFaultException, InterruptedException {
        if (closed) {
            throw new SigningFaultException("The " + description() + " is closed; the service is stopping.", null);
        }
        if (current != null) {
            return current;
        }
        try (var _ = watch.begin()) {
            finishRetired();
            current = OpenToken.open(cryptoki, settings, mechanism, pin);
            LOG.atInfo()
                    .addKeyValue("token", settings.tokenLabel())
                    .addKeyValue("key", settings.keyLabel())
                    .addKeyValue("sessions", settings.sessions())
                    .log("Token opened");
            return current;
        } catch (TokenFaultException e) {
            if (e.attempted()) {
                faults.accept(e.fault());
            }
            throw e;
        }
    }

    private void finishRetired() throws TokenFaultException, InterruptedException {
        if (retired != null) {
            retired.finish(settings.slowAfter());
            retired = null;
        }
    }

    private void retire(OpenToken token, TokenFaultException fault) {
        lock.lock();
        try {
            if (current == token) {
                faults.accept(fault.fault());
                LOG.atWarn().addKeyValue("problem", fault.getMessage()).log("Token fault; the token is opened again");
                retireCurrent(token);
            }
        } finally {
            lock.unlock();
        }
    }

    private void retireAny() {
        lock.lock();
        try {
            if (current != null) {
                retireCurrent(current);
            }
        } finally {
            lock.unlock();
        }
    }

    private void retireCurrent(OpenToken token) {
        token.retire();
        retired = token;
        current = null;
    }

    /// One in each session.
    @Override
    public int concurrency() {
        return settings.sessions();
    }

    @Override
    public SignatureScheme scheme() {
        return scheme;
    }

    @Override
    public String description() {
        return settings.key();
    }

    @Override
    public Optional<String> problem() {
        return watch.problem().or(() -> Optional.ofNullable(lastFault));
    }

    @Override
    public Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        facts.put("module", settings.module().toString());
        facts.put("token", settings.tokenLabel());
        facts.put("keyLabel", settings.keyLabel());
        facts.put("sessions", Integer.toString(settings.sessions()));
        facts.put("mechanism", mechanism.standardName());
        return facts;
    }

    /// Waits for calls in flight no longer than one may take; a token that does not answer is left as it is.
    @Override
    public void close() {
        watch.close();
        try {
            if (!lock.tryLock(settings.slowAfter().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("The token does not answer and is left open");
                return;
            }
            try {
                closeUnderLock();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeUnderLock() throws InterruptedException {
        closed = true;
        retireAny();
        try {
            finishRetired();
        } catch (TokenFaultException e) {
            LOG.atWarn().addKeyValue("problem", e.getMessage()).log("The token is left open");
        }
    }
}
