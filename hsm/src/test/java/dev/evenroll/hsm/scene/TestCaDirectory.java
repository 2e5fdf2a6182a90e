package dev.evenroll.hsm.scene;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// A directory of CAs, as the ceremony writes it.
public record TestCaDirectory(Path directory) {

    private static final String PASSWORD = "correct horse";

    /// A new one in a directory.
    public static TestCaDirectory in(Path parent) throws IOException {
        Path directory = Files.createDirectory(parent.resolve("ca"));
        Files.createDirectory(directory.resolve("chains"));
        Files.createDirectory(directory.resolve("keys"));
        return new TestCaDirectory(directory);
    }

    /// A CA with its key in a file.
    public TestCaDirectory with(String name, CertificateAuthority authority, Instant activeFrom)
            throws IOException, GeneralSecurityException {
        chain(name, authority.chain());
        var store = KeyStore.getInstance("PKCS12", "SUN");
        store.load(null, null);
        store.setKeyEntry(
                "issuing-ca",
                authority.keys().getPrivate(),
                PASSWORD.toCharArray(),
                authority.chain().toArray(X509Certificate[]::new));
        Path keystore = ownerOnly("keys/" + name + ".p12", "");
        try (var out = Files.newOutputStream(keystore)) {
            store.store(out, PASSWORD.toCharArray());
        }
        ownerOnly("keys/" + name + ".password", PASSWORD);
        return key(
                name,
                "active-from=" + activeFrom + "\nkeystore=keys/" + name + ".p12\nkeystore-password-file=keys/" + name
                        + ".password\n");
    }

    public TestCaDirectory chain(String name, List<X509Certificate> chain) throws IOException {
        Files.writeString(directory.resolve("chains/" + name + ".pem"), Pem.encode(chain));
        return this;
    }

    /// A key file.
    public TestCaDirectory key(String name, String properties) throws IOException {
        ownerOnly("keys/" + name + ".properties", properties);
        return this;
    }

    private Path ownerOnly(String file, String content) throws IOException {
        Path written = Files.writeString(directory.resolve(file), content);
        return Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
    }
}
