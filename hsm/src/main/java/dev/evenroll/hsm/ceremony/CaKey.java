package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.SoftwareKey;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.PinPrompt;
import dev.evenroll.hsm.pkcs11.TokenKey;
import dev.evenroll.pki.Der;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A private key of a CA, wherever it is, during a ceremony.
sealed interface CaKey {

    /// The key of a place.
    static CaKey at(KeyPlace place, PinPrompt prompt, InstantSource clock) throws UnusableKeystoreException {
        return switch (place) {
            case KeyPlace.InToken(var settings) -> new InToken(TokenKey.of(settings, prompt));
            case KeyPlace.InFile(var keystore, var passwordFile) ->
                new InFile(new SoftwareKey(keystore, passwordFile, AuthorityKey.ALIAS), clock);
        };
    }

    /// Where it is, in words.
    static String words(KeyPlace place) {
        return switch (place) {
            case KeyPlace.InToken(var settings) -> settings.key();
            case KeyPlace.InFile(var keystore, var _) ->
                "software key in " + keystore.getFileName() + ", for tests only";
        };
    }

    /// The public half; empty when it has not been made.
    Optional<PublicKey> find() throws UnusableKeystoreException;

    /// Makes it; there must be none.
    PublicKey make(KeyType type) throws UnusableKeystoreException, IOException;

    /// Signs, and verifies the signature.
    byte[] sign(PublicKey key, Der bytes) throws UnusableKeystoreException;

    /// Takes the certificate that it got, up to the root.
    void certified(List<X509Certificate> chain) throws UnusableKeystoreException, IOException;

    /// In a PKCS#11 token.
    record InToken(TokenKey token) implements CaKey {
        @Override
        public Optional<PublicKey> find() throws UnusableKeystoreException {
            return token.find();
        }

        @Override
        public PublicKey make(KeyType type) throws UnusableKeystoreException {
            return token.make(type);
        }

        @Override
        public byte[] sign(PublicKey key, Der bytes) throws UnusableKeystoreException {
            return token.sign(key, bytes);
        }

        @Override
        public void certified(List<X509Certificate> chain) {
            // The chain stands in a file of its own; a token holds the key only.
        }
    }

    /// In a PKCS#12 file.
    record InFile(SoftwareKey file, InstantSource clock) implements CaKey {
        @Override
        public Optional<PublicKey> find() throws UnusableKeystoreException {
            return file.find();
        }

        @Override
        public PublicKey make(KeyType type) throws UnusableKeystoreException, IOException {
            return file.make(type, clock);
        }

        @Override
        public byte[] sign(PublicKey key, Der bytes) throws UnusableKeystoreException {
            return file.sign(key, bytes);
        }

        @Override
        public void certified(List<X509Certificate> chain) throws UnusableKeystoreException, IOException {
            file.certified(chain);
        }
    }
}
