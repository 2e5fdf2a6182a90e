package dev.evenroll.pki.path;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the public part of a directory of CAs held at one moment, not yet understood.
///
/// @param directory of the CAs
/// @param chains contents of `chains/<name>.pem`
/// @param cross contents of `cross/<name>.pem`
record AuthorityFiles(Path directory, SortedMap<Path, Der> chains, SortedMap<Path, Der> cross) {
    private static final String CHAINS = "chains";
    private static final String CROSS = "cross";
    private static final String SUFFIX = ".pem";

    static AuthorityFiles read(Path directory) throws IOException {
        var cross = directory.resolve(CROSS);
        return new AuthorityFiles(
                directory,
                contents(directory.resolve(CHAINS)),
                Files.isDirectory(cross) ? contents(cross) : new TreeMap<>());
    }

    /// Hidden entries are left out: editors, copiers and Kubernetes volumes keep their own there.
    private static SortedMap<Path, Der> contents(Path directory) throws IOException {
        var contents = new TreeMap<Path, Der>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                directory, entry -> !name(entry).startsWith(".") && name(entry).endsWith(SUFFIX))) {
            for (Path file : stream) {
                contents.put(file, Der.of(Files.readAllBytes(file)));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return contents;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// The SHA-256 digest of all names and contents.
    String digest() {
        var digest = BouncyCastle.sha256();
        for (var files : List.of(chains, cross)) {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(files.size()).array());
            files.forEach((file, content) -> {
                for (byte[] part : List.of(name(file).getBytes(StandardCharsets.UTF_8), content.bytes())) {
                    digest.update(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(part.length)
                            .array());
                    digest.update(part);
                }
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// @throws MalformedException when a file can not be used, with its path and what to do
    IssuingAuthorities parse() throws MalformedException {
        if (chains.isEmpty()) {
            throw new MalformedException(
                    "directory of CAs " + directory,
                    "holds no chain; install that of an issuing CA as chains/<name>.pem, its certificate first, the "
                            + "root last");
        }
        var authorities = new TreeMap<AuthorityName, IssuingCertificate>();
        for (var file : chains.entrySet()) {
            understood(file.getKey(), () -> authorities.put(authorityName(file.getKey()), chain(file.getValue())));
        }
        var certificates = new ArrayList<X509Certificate>();
        for (var file : cross.entrySet()) {
            understood(file.getKey(), () -> certificates.addAll(crossCertificates(file.getValue())));
        }
        try {
            return IssuingAuthorities.of(authorities, certificates);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("directory of CAs " + directory, String.valueOf(e.getMessage()), e);
        }
    }

    /// What a file says.
    private interface Reading {
        void read() throws MalformedException;
    }

    private static void understood(Path file, Reading reading) throws MalformedException {
        try {
            reading.read();
        } catch (MalformedException | IllegalArgumentException e) {
            throw new MalformedException("CA file " + file, String.valueOf(e.getMessage()), e);
        }
    }

    private static AuthorityName authorityName(Path file) {
        String name = name(file);
        return new AuthorityName(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static IssuingCertificate chain(Der content) throws MalformedException {
        List<X509Certificate> chain = certificates(content);
        X509Certificate last = chain.getLast();
        if (!last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
            throw new IllegalArgumentException("CA chain: ends with " + Certificates.subject(last)
                    + ", which is not a root; give the chain up to the root");
        }
        return IssuingCertificate.of(chain);
    }

    private static List<X509Certificate> crossCertificates(Der content) throws MalformedException {
        List<X509Certificate> certificates = certificates(content);
        for (X509Certificate certificate : certificates) {
            if (certificate.getBasicConstraints() < 0) {
                throw new IllegalArgumentException("cross certificate: " + Certificates.subject(certificate)
                        + " is not a CA certificate; give one that a root has made for another root");
            }
        }
        return certificates;
    }

    private static List<X509Certificate> certificates(Der content) throws MalformedException {
        return Pem.decodeCertificates(new String(content.bytes(), StandardCharsets.ISO_8859_1));
    }
}
