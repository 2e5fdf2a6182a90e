package dev.evenroll.pki.path;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The ways from a certificate through those presented with it to the one whose issuer is an
/// anchor, or as far as they go.
///
/// Names lead. Where a name has several certificates (a CA that changed its key or renewed its
/// certificate), those are followed whose key really signed: authorityKeyIdentifier would be a hint
/// at the same (RFC 5280 section 4.2.1.1), and may be missing.
final class Routes {
    /// More are not tried: who presents certificates has the making of them.
    static final int MAXIMUM = 8;

    private final TrustAnchors anchors;
    private final List<X509Certificate> presented;
    private final Map<X509Certificate, List<X509Certificate>> issuers = new HashMap<>();
    private final List<List<X509Certificate>> found = new ArrayList<>();

    private Routes(TrustAnchors anchors, List<X509Certificate> presented) {
        this.anchors = anchors;
        this.presented = presented;
    }

    /// At least one, the most direct first; each begins with the leaf.
    static List<List<X509Certificate>> of(TrustAnchors anchors, List<X509Certificate> leafFirst) {
        List<X509Certificate> others = leafFirst.stream()
                .skip(1)
                .distinct()
                .filter(other -> anchors.anchorOf(other).isEmpty())
                .toList();
        var routes = new Routes(anchors, others);
        routes.follow(List.of(leafFirst.getFirst()));
        return List.copyOf(routes.found);
    }

    private void follow(List<X509Certificate> path) {
        X509Certificate current = path.getLast();
        List<X509Certificate> next = issuers.computeIfAbsent(current, this::issuersOf).stream()
                .filter(issuer -> !path.contains(issuer))
                .toList();
        // An anchor ends a route, and a CA that certified its own next key may also lead on.
        if (next.isEmpty() || !anchors.named(current.getIssuerX500Principal()).isEmpty()) {
            found.add(path);
        }
        for (X509Certificate issuer : next) {
            if (found.size() >= MAXIMUM) {
                return;
            }
            var longer = new ArrayList<>(path);
            longer.add(issuer);
            follow(longer);
        }
    }

    private List<X509Certificate> issuersOf(X509Certificate certificate) {
        List<X509Certificate> named = presented.stream()
                .filter(other -> other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(other -> !other.equals(certificate))
                .toList();
        return signersIfAny(certificate, named);
    }

    /// Those of several whose key signed a certificate. When none did, the first: to say so.
    private static List<X509Certificate> signersIfAny(X509Certificate certificate, List<X509Certificate> candidates) {
        if (candidates.size() <= 1) {
            return candidates;
        }
        List<X509Certificate> signers = candidates.stream()
                .filter(candidate -> isSigned(new SignedCertificate(certificate), candidate))
                .toList();
        return signers.isEmpty() ? candidates.subList(0, 1) : signers;
    }

    /// Whether a certificate was signed with the key of another.
    static boolean isSigned(SignedCertificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
