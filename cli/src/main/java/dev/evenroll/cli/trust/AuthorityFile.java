package dev.evenroll.cli.trust;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.pki.authority.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/// A CA in a PKCS#12 file, with its password in a file beside it: `<name>.p12`, `<name>.password`.
///
/// @param keyStore PKCS#12
/// @param alias of the CA's key in it
public record AuthorityFile(Path keyStore, String alias) {

    private static final int PASSWORD_BYTES = 32;

    public Path passwordFile() {
        return keyStore.resolveSibling(String.valueOf(keyStore.getFileName()).replace(".p12", "") + ".password");
    }

    /// Opens the CA, or makes it when there is none yet.
    CertificateAuthority openOrCreate(Supplier<CertificateAuthority> newAuthority, InstantSource clock)
            throws IOException {
        if (!Files.exists(keyStore)) {
            create(newAuthority.get());
        }
        return open(clock);
    }

    /// Opens the CA.
    ///
    /// @throws IOException when there is none, or its password file is not its own
    public CertificateAuthority open(InstantSource clock) throws IOException {
        return CertificateAuthority.loadPkcs12(
                keyStore, Files.readString(passwordFile()).strip().toCharArray(), clock);
    }

    private void create(CertificateAuthority authority) throws IOException {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        var password = HexFormat.of().formatHex(bytes);
        OwnerOnly.write(passwordFile(), password + "\n");
        OwnerOnly.write(keyStore, encode(authority, password.toCharArray()));
    }

    private byte[] encode(CertificateAuthority authority, char[] password) throws IOException {
        var encoded = new ByteArrayOutputStream();
        try {
            var store = KeyStore.getInstance("PKCS12", "SUN");
            store.load(null, null);
            store.setKeyEntry(
                    alias,
                    authority.keys().getPrivate(),
                    password,
                    authority.chain().toArray(X509Certificate[]::new));
            store.store(encoded, password);
        } catch (GeneralSecurityException broken) {
            throw new IOException("Can not encode " + keyStore + " as PKCS#12: run on a complete JDK 25.", broken);
        }
        return encoded.toByteArray();
    }
}
