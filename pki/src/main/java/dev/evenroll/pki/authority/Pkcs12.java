package dev.evenroll.pki.authority;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// A private key with its certificates in a PKCS#12 file (RFC 7292) that only its owner may read.
///
/// @param keys the key pair
/// @param chain its certificate first
public record Pkcs12(KeyPair keys, List<X509Certificate> chain) {
    private static final String ALIAS = "key";
    private static final String OWNER_ONLY = "rw-------";

    public Pkcs12 {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: is empty; give the certificate of the key first");
        }
    }

    /// Writes the file, mode 0600, complete or not at all.
    public void store(Path file, char[] password) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12", "SUN");
            store.load(null, null);
            store.setKeyEntry(ALIAS, keys.getPrivate(), password, chain.toArray(X509Certificate[]::new));
            store.store(bytes, password);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": can not be encoded as PKCS#12", e);
        }
        Path target = file.toAbsolutePath();
        Path temporary = Files.createTempFile(
                target.getParent(),
                "." + target.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        try {
            Files.write(temporary, bytes.toByteArray());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Reads the first key of a file.
    ///
    /// @throws IOException when the file can not be read, the password is wrong, or there is no key in it
    public static Pkcs12 load(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12", "SUN");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList();
                    return new Pkcs12(new KeyPair(chain.getFirst().getPublicKey(), key), chain);
                }
            }
            throw new IOException(file + ": holds no private key; give the PKCS#12 file that was stored with one");
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": is not a PKCS#12 file that this password opens", e);
        }
    }
}
