package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// A CA key in a token as a ceremony uses it: looked for, made, and asked for single signatures.
///
/// The token is opened for each of these and closed after it, so that two keys of a ceremony may be in one token.
/// Used by one thread at a time.
public final class TokenKey {

    private static final int MOST_KEYS = 2;

    private final Cryptoki cryptoki;
    private final Pkcs11Settings settings;
    private final PinSource pin;

    private TokenKey(Cryptoki cryptoki, Pkcs11Settings settings, PinSource pin) {
        this.cryptoki = cryptoki;
        this.settings = settings;
        this.pin = pin;
    }

    /// Loads the library; the token is not opened yet.
    ///
    /// @param settings the PIN file may be missing: then the PIN is asked for
    /// @param prompt asks for it
    public static TokenKey of(Pkcs11Settings settings, PinPrompt prompt) throws UnusableKeystoreException {
        PinSource pin = Files.exists(settings.pinFile()) ? new PinFile(settings.pinFile()) : new TypedPin(prompt);
        return new TokenKey(LoadedModules.load(settings.module()), one(settings), pin);
    }

    private static Pkcs11Settings one(Pkcs11Settings settings) {
        return new Pkcs11Settings(
                settings.module(),
                settings.tokenLabel(),
                settings.keyLabel(),
                settings.pinFile(),
                1,
                settings.slowAfter(),
                settings.initArguments());
    }

    /// Whether the session writes.
    private interface Opening {
        long session(long slot) throws CryptokiException;
    }

    /// What is done in an open token.
    private interface Work<T> {
        T in(long session)
                throws TokenFaultException, CryptokiException, GeneralSecurityException, UnusableKeystoreException;
    }

    /// The public half of the key; empty when there is no key of that label. The token is only read: the key may be
    /// one that others made and use, under a CKA_ID of theirs, and one that can not be modified.
    public Optional<PublicKey> find() throws UnusableKeystoreException {
        return opened(cryptoki::openSession, session -> {
            var privateKeys = keys(session, Attributes.PRIVATE_KEY);
            var publicKeys = keys(session, Attributes.PUBLIC_KEY);
            if (privateKeys.length == 0 && publicKeys.length == 0) {
                return Optional.empty();
            }
            if (privateKeys.length == 0) {
                throw new UnusableKeystoreException(
                        "There is a public " + settings.key() + " without a private one: its making was interrupted. "
                                + "Remove it with the token's tools, for example pkcs11-tool --delete-object --type "
                                + "pubkey --label " + settings.keyLabel() + ", and repeat the command.",
                        null);
            }
            if (privateKeys.length > 1 || publicKeys.length != 1) {
                throw new UnusableKeystoreException(
                        "There are " + privateKeys.length + " private and " + publicKeys.length
                                + " public keys labelled \"" + settings.keyLabel() + "\" in the " + settings.token()
                                + ", and a CA needs one of each; remove what does not belong there, or give another key "
                                + "label.",
                        null);
            }
            return Optional.of(TokenKeyPair.read(cryptoki, session, publicKeys[0]));
        });
    }

    /// Makes the key, so that it can not leave the token. Its CKA_ID is the key id of its public half.
    ///
    /// @return its public half
    /// @throws UnusableKeystoreException when there is one of that label already, or the token can not make it
    public PublicKey make(KeyType type) throws UnusableKeystoreException {
        return opened(cryptoki::openWritingSession, session -> {
            if (keys(session, Attributes.PRIVATE_KEY).length > 0 || keys(session, Attributes.PUBLIC_KEY).length > 0) {
                throw new UnusableKeystoreException(
                        "There is a " + settings.key() + " already, and it is not taken for a new CA; give another key "
                                + "label.",
                        null);
            }
            var made = TokenKeyPair.make(cryptoki, session, type, settings.keyLabel());
            return named(session, made.publicKey(), made.privateKey());
        });
    }

    /// Reads the public key, and gives both halves its key id as CKA_ID: it is known only after the making.
    private PublicKey named(long session, long publicKey, long privateKey)
            throws CryptokiException, GeneralSecurityException {
        var read = TokenKeyPair.read(cryptoki, session, publicKey);
        var id = Attributes.NONE.with(Attributes.ID, HexFormat.of().parseHex(CaRequest.keyId(read)));
        for (long half : new long[] {publicKey, privateKey}) {
            cryptoki.setAttributes(session, half, id);
        }
        return read;
    }

    private long[] keys(long session, long kind) throws CryptokiException {
        return cryptoki.find(
                session,
                Attributes.NONE.with(Attributes.CLASS, kind).with(Attributes.LABEL, settings.keyLabel()),
                MOST_KEYS);
    }

    private <T> T opened(Opening opening, Work<T> work) throws UnusableKeystoreException {
        try {
            OpenToken.initialize(cryptoki, settings);
            try {
                long slot = OpenToken.slot(cryptoki, settings);
                long session = opening.session(slot);
                OpenToken.login(cryptoki, settings, slot, session, pin);
                return work.in(session);
            } finally {
                OpenToken.finish(cryptoki);
            }
        } catch (CryptokiException e) {
            throw unusable(TokenFaultException.of(settings.token(), e));
        } catch (TokenFaultException e) {
            throw unusable(e);
        } catch (GeneralSecurityException e) {
            throw new UnusableKeystoreException(
                    "The public half of the " + settings.key() + " can not be read: " + e.getMessage()
                            + "; make a key of another type.",
                    e);
        }
    }

    /// Signs, and verifies the signature.
    ///
    /// @param key the public half, from [#find] or [#make]
    /// @param bytes a TBSCertificate that the linter has admitted, or a request
    public byte[] sign(PublicKey key, Der bytes) throws UnusableKeystoreException {
        var scheme = SignatureScheme.of(key);
        var mechanism = Mechanism.of(scheme)
                .orElseThrow(() -> new UnusableKeystoreException(
                        "The " + settings.key() + " would sign with " + scheme + ", which is not offered with PKCS#11; "
                                + "make a key of another type.",
                        null));
        byte[] signature = signature(mechanism, bytes);
        if (!scheme.verifies(key, bytes, signature)) {
            throw new UnusableKeystoreException(
                    "The " + settings.key()
                            + " made a signature that does not verify with its public half; nothing was "
                            + "signed. Remove the key and make another, under another label.",
                    null);
        }
        return signature;
    }

    private byte[] signature(Mechanism mechanism, Der bytes) throws UnusableKeystoreException {
        try (var watch = new CallWatch(settings.token(), Duration.ofMinutes(1), _ -> {})) {
            var token = OpenToken.open(cryptoki, settings, mechanism, pin);
            try {
                return mechanism.signature(token.sign(mechanism.input(bytes.bytes()), watch));
            } finally {
                token.retire();
                token.finish(Duration.ofMinutes(1));
            }
        } catch (TokenFaultException e) {
            throw unusable(e);
        } catch (IllegalArgumentException | SessionPool.RetiredException e) {
            throw new UnusableKeystoreException("The " + settings.key() + " returned no signature: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableKeystoreException("The wait for the " + settings.token() + " was interrupted.", e);
        }
    }

    private static UnusableKeystoreException unusable(TokenFaultException e) {
        return new UnusableKeystoreException(String.valueOf(e.getMessage()), e);
    }
}
