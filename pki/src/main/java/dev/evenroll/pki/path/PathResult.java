package dev.evenroll.pki.path;

import java.security.cert.X509Certificate;
import java.util.List;

/// Whether a chain of certificates leads to a trust anchor.
public sealed interface PathResult {
    /// It does.
    ///
    /// @param anchorName the name under which the anchor is configured; the first in the alphabet when there
    ///     are several, see [TrustAnchors#namesOf]
    /// @param anchor the anchor's certificate
    /// @param path the certificates from the leaf up to the one that the anchor issued
    record Trusted(String anchorName, X509Certificate anchor, List<X509Certificate> path) implements PathResult {
        public Trusted {
            path = List.copyOf(path);
        }
    }

    /// It does not, or that can not be found out.
    ///
    /// @param reason in plain words, naming the certificate
    record Untrusted(String reason) implements PathResult {}
}
