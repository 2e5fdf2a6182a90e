package dev.evenroll.gateway.http;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/// What the EST server proves itself with: its certificates and their private key.
public final class ServerCredential {

    private static final String ALIAS = "server";
    /// Of a key store that never leaves the memory of this process.
    private static final char[] NO_SECRET = "in-memory".toCharArray();

    private final X509KeyManager keyManager;
    private final X509Certificate certificate;

    private ServerCredential(X509KeyManager keyManager, X509Certificate certificate) {
        this.keyManager = keyManager;
        this.certificate = certificate;
    }

    /// Reads the two files.
    ///
    /// @param certificateFile PEM, the server's certificate first, then its chain
    /// @param keyFile PEM, PKCS#8, not encrypted
    /// @throws IllegalArgumentException when they can not be used, with the name of the property to set
    public static ServerCredential load(Path certificateFile, Path keyFile) {
        var chain = certificates(certificateFile);
        var key = key(keyFile);
        try {
            return of(chain, key);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "evenroll.est.key: " + keyFile + " is not the key of the certificate in " + certificateFile
                            + " (evenroll.est.certificate); give the two files of one server certificate.",
                    e);
        }
    }

    /// From what is at hand.
    ///
    /// @throws GeneralSecurityException when they do not belong together
    public static ServerCredential of(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        // Through the key store the key becomes one of the JDK's own, which its TLS needs.
        store.setKeyEntry(ALIAS, key, NO_SECRET, chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_SECRET);
        var keyManager = (X509KeyManager) factory.getKeyManagers()[0];
        KeyPairProof.verify(
                (PrivateKey) store.getKey(ALIAS, NO_SECRET), chain.getFirst().getPublicKey());
        return new ServerCredential(keyManager, chain.getFirst());
    }

    X509KeyManager keyManager() {
        return keyManager;
    }

    X509Certificate certificate() {
        return certificate;
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.decodeCertificates(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException | MalformedException e) {
            throw unusable("evenroll.est.certificate", file, "a PEM file with the server's certificate and chain", e);
        }
    }

    private static PrivateKey key(Path file) {
        try {
            return Pem.decodePrivateKey(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException | MalformedException e) {
            throw unusable("evenroll.est.key", file, "a PEM file with the server's private key (PKCS#8)", e);
        }
    }

    private static IllegalArgumentException unusable(String property, Path file, String wanted, Exception cause) {
        // The message of a missing or forbidden file is its name alone; its type says what is wrong.
        var reason = cause instanceof FileSystemException ? cause.toString() : String.valueOf(cause.getMessage());
        return new IllegalArgumentException(
                property + ": " + file + " can not be used (" + reason + "); name " + wanted + ".", cause);
    }
}
