package dev.evenroll.issuer.service;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.Pkcs12IssuingKey;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.Pkcs11IssuingKey;
import dev.evenroll.hsm.pkcs11.TokenFault;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The key of a CA where its file says it is, opened at the first use and tried again at each until it opens: one CA
/// whose key can not be opened stops no other.
final class DeferredKey implements IssuingKey {

    private final KeyPlace place;
    private final IssuingCertificate certificate;
    private final Consumer<TokenFault> faults;
    private volatile @Nullable IssuingKey opened;
    private volatile @Nullable String problem;

    /// Guarded by this.
    private boolean closed;

    /// @param faults is told of every fault of a token
    DeferredKey(KeyPlace place, IssuingCertificate certificate, Consumer<TokenFault> faults) {
        this.place = place;
        this.certificate = certificate;
        this.faults = faults;
    }

    /// Opens it if it is not open yet. A token may still be missing.
    ///
    /// @throws UnusableKeystoreException when it can not be used as it is configured, with what to do
    synchronized IssuingKey open() throws UnusableKeystoreException {
        var key = opened;
        if (key == null) {
            try {
                key = opened();
                opened = key;
                problem = null;
            } catch (UnusableKeystoreException e) {
                problem = e.getMessage();
                throw e;
            }
        }
        return key;
    }

    private IssuingKey opened() throws UnusableKeystoreException {
        if (closed) {
            throw new UnusableKeystoreException("The " + description() + " is closed; the CA was taken away.", null);
        }
        return switch (place) {
            case KeyPlace.InFile(var keystore, var passwordFile) ->
                Pkcs12IssuingKey.open(keystore, passwordFile, AuthorityKey.ALIAS, certificate);
            case KeyPlace.InToken(var settings) -> Pkcs11IssuingKey.of(settings, certificate, faults);
        };
    }

    private IssuingKey usable() throws SigningFaultException {
        var key = opened;
        if (key != null) {
            return key;
        }
        try {
            return open();
        } catch (UnusableKeystoreException e) {
            throw new SigningFaultException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public byte[] sign(byte[] tbs) throws SigningFaultException {
        return usable().sign(tbs);
    }

    @Override
    public void prove(IssuingCertificate claimed) throws SigningFaultException {
        usable().prove(claimed);
    }

    /// As it is configured: asked for before the key is opened.
    @Override
    public int concurrency() {
        return switch (place) {
            case KeyPlace.InFile _ -> Runtime.getRuntime().availableProcessors();
            case KeyPlace.InToken(var settings) -> settings.sessions();
        };
    }

    @Override
    public SignatureScheme scheme() {
        return certificate.scheme();
    }

    @Override
    public String description() {
        return switch (place) {
            case KeyPlace.InFile file -> "key in the PKCS#12 file " + file.keystore();
            case KeyPlace.InToken(var settings) ->
                "key \"" + settings.keyLabel() + "\" in the token \"" + settings.tokenLabel() + "\"";
        };
    }

    @Override
    public Optional<String> problem() {
        var key = opened;
        return key == null ? Optional.ofNullable(problem) : key.problem();
    }

    @Override
    public Map<String, String> facts() {
        var key = opened;
        return key == null ? Map.of() : key.facts();
    }

    @Override
    public synchronized void close() {
        closed = true;
        var key = opened;
        opened = null;
        if (key != null) {
            key.close();
        }
    }
}
