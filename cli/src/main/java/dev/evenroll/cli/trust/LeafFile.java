package dev.evenroll.cli.trust;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A certificate with its chain and its private key, in PEM: in two files, or in one, key first.
///
/// @param certificate the certificate, then its chain
/// @param key PKCS#8
public record LeafFile(Path certificate, Path key) {

    static LeafFile inTwo(Path directory, String certificate, String key) {
        return new LeafFile(directory.resolve(certificate), directory.resolve(key));
    }

    static LeafFile inOne(Path file) {
        return new LeafFile(file, file);
    }

    /// Whether key and certificate are there, last long enough and have all names.
    boolean serves(Instant now, Duration atLeast, Collection<String> names) throws IOException {
        try {
            var present = Pem.decodeCertificates(Files.readString(certificate)).getFirst();
            return Files.exists(key)
                    && present.getNotAfter().toInstant().isAfter(now.plus(atLeast))
                    && alternativeNames(present).containsAll(names);
        } catch (NoSuchFileException | MalformedException | CertificateParsingException unusable) {
            return false;
        }
    }

    void write(List<X509Certificate> chain, PrivateKey privateKey) throws IOException {
        if (certificate.equals(key)) {
            OwnerOnly.write(certificate, Pem.encode(privateKey) + Pem.encode(chain));
        } else {
            OwnerOnly.write(key, Pem.encode(privateKey));
            OwnerOnly.write(certificate, Pem.encode(chain));
        }
    }

    private static Set<String> alternativeNames(X509Certificate certificate) throws CertificateParsingException {
        var names = new TreeSet<String>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(alternative -> names.add(String.valueOf(alternative.get(1))));
        }
        return names;
    }
}
