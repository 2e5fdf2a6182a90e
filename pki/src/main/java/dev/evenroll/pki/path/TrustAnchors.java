package dev.evenroll.pki.path;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;

/// CA certificates that are trusted as they stand, each under a name; immutable. An anchor may be an
/// intermediate CA: nothing above it is looked at.
///
/// No anchor means that nobody is trusted.
public final class TrustAnchors {
    private static final String SUFFIX = ".pem";

    private final List<Anchor> anchors;

    record Anchor(String name, X509Certificate certificate) {}

    private TrustAnchors(List<Anchor> anchors) {
        this.anchors = List.copyOf(anchors);
    }

    /// One name may hold several certificates, while a CA is being replaced by the next.
    ///
    /// @throws IllegalArgumentException when one of them is not a CA certificate
    public static TrustAnchors of(Map<String, List<X509Certificate>> certificates) {
        var anchors = new ArrayList<Anchor>();
        new TreeMap<>(certificates)
                .forEach((name, list) -> list.forEach(certificate -> anchors.add(anchor(name, certificate))));
        return new TrustAnchors(anchors);
    }

    /// Reads the files `<name>.pem` of a directory, each with one or more certificates.
    ///
    /// @throws IOException when the directory or a file can not be read
    /// @throws MalformedException when a file holds no certificate
    /// @throws IllegalArgumentException when one of them is not a CA certificate
    public static TrustAnchors load(Path directory) throws IOException, MalformedException {
        var certificates = new TreeMap<String, List<X509Certificate>>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String fileName = String.valueOf(file.getFileName());
                certificates.put(fileName.substring(0, fileName.length() - SUFFIX.length()), certificates(file));
            }
        }
        return of(certificates);
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, MalformedException {
        try {
            return Pem.decodeCertificates(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (MalformedException e) {
            throw new MalformedException("trust anchor " + file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Anchor anchor(String name, X509Certificate certificate) {
        if (certificate.getBasicConstraints() < 0) {
            throw new IllegalArgumentException("trust anchor " + name + ": "
                    + Certificates.subject(certificate)
                    + " is not a CA certificate; put the certificate of the CA there");
        }
        return new Anchor(name, certificate);
    }

    /// Verifies a chain as PKIX prescribes (RFC 5280 section 6), without looking at revocation.
    ///
    /// Certificates may stand in any order after the leaf, and superfluous ones are passed over.
    ///
    /// @param leafFirst the certificate to be judged, then those that may lead from it to an anchor
    /// @param at the time of judgement
    public PathResult verify(List<X509Certificate> leafFirst, Instant at) {
        return PathValidation.verify(this, leafFirst, at);
    }

    /// The names, sorted.
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        anchors.forEach(anchor -> names.add(anchor.name()));
        return names;
    }

    /// All certificates, sorted by name: the CAs that a TLS server announces.
    public List<X509Certificate> certificates() {
        return anchors.stream().map(Anchor::certificate).toList();
    }

    public boolean isEmpty() {
        return anchors.isEmpty();
    }

    Optional<Anchor> anchorOf(X509Certificate certificate) {
        return anchors.stream()
                .filter(anchor -> anchor.certificate().equals(certificate))
                .findFirst();
    }

    List<Anchor> named(X500Principal subject) {
        return anchors.stream()
                .filter(anchor -> anchor.certificate().getSubjectX500Principal().equals(subject))
                .toList();
    }

    @Override
    public String toString() {
        return "TrustAnchors" + names();
    }
}
