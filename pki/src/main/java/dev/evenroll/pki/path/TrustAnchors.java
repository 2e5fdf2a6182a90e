package dev.evenroll.pki.path;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;

/// CA certificates that are trusted as they stand, each under a name; immutable. An anchor may be an
/// intermediate CA: nothing above it is looked at.
///
/// No anchor means that nobody is trusted.
public final class TrustAnchors {
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

    /// Reads a directory: `<name>.pem`, each with one or more certificates, and one level of directories
    /// `<name>/<model>.pem` with anchors for one model each, named `<name>/<model>` ([ManufacturerAnchor]).
    ///
    /// Hidden files and directories, and files with another ending, are passed over.
    ///
    /// @throws IOException when the directory or a file can not be read
    /// @throws MalformedException when a file holds no certificate, or directories are nested more deeply
    /// @throws IllegalArgumentException when one of them is not a CA certificate
    public static TrustAnchors load(Path directory) throws IOException, MalformedException {
        return AnchorFiles.read(directory).parse();
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

    /// All names under which a certificate is an anchor: one CA may serve several models.
    public SortedSet<String> namesOf(X509Certificate anchor) {
        SortedSet<String> names = new TreeSet<>();
        anchors.stream()
                .filter(candidate -> candidate.certificate().equals(anchor))
                .forEach(candidate -> names.add(candidate.name()));
        return names;
    }

    /// Those of them whose name fits.
    public TrustAnchors named(Predicate<String> name) {
        return new TrustAnchors(
                anchors.stream().filter(anchor -> name.test(anchor.name())).toList());
    }

    public boolean isEmpty() {
        return anchors.isEmpty();
    }

    Optional<Anchor> anchorOf(X509Certificate certificate) {
        return anchors.stream()
                .filter(anchor -> anchor.certificate().equals(certificate))
                .findFirst();
    }

    /// The anchors of a subject, each certificate once, under the first of its names.
    List<Anchor> named(X500Principal subject) {
        var certificates = new HashSet<X509Certificate>();
        return anchors.stream()
                .filter(anchor -> anchor.certificate().getSubjectX500Principal().equals(subject))
                .filter(anchor -> certificates.add(anchor.certificate()))
                .toList();
    }

    @Override
    public String toString() {
        return "TrustAnchors" + names();
    }
}
