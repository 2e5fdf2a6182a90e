package dev.evenroll.cli.trust;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The CA of the local stack that certifies registration authorities (id-kp-cmcRA, RFC 6402): local controllers and
/// factory lines. What it certifies may ask for nothing until the registry knows the name.
///
/// @param keyStore PKCS#12
/// @param passwordFile the key store's password, one line
public record RegistrationAuthorityCertificates(Path keyStore, Path passwordFile, InstantSource clock) {

    /// Makes a key and its certificate.
    ///
    /// @param certificate file of the certificate
    /// @param key file of the key; no key is ever overwritten
    public X509Certificate issue(String name, Duration validity, Path certificate, Path key) throws IOException {
        for (var file : new Path[] {certificate, key}) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            var directory = file.getParent();
            if (directory != null) {
                OwnerOnly.directory(directory);
            }
        }
        var password = Files.readString(passwordFile).strip().toCharArray();
        var authority = CertificateAuthority.loadPkcs12(keyStore, password, clock);
        var keys = Keys.generateP256();
        var issued = authority.issueRegistrationAuthority(name, keys.getPublic(), validity);
        new LeafFile(certificate, key).write(List.of(issued), keys.getPrivate());
        return issued;
    }
}
