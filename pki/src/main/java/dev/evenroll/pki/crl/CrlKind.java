package dev.evenroll.pki.crl;

import org.jspecify.annotations.Nullable;

/// Whether a revocation list says everything, or what has changed (RFC 5280 section 5.2.4).
public sealed interface CrlKind {

    /// Every certificate of its scope that is revoked.
    ///
    /// @param freshest http URL of the delta list that continues this one (freshestCRL, RFC 5280 section 5.2.6);
    ///     null when there is none
    record Complete(@Nullable String freshest) implements CrlKind {}

    /// What has changed since a complete list of the same scope.
    ///
    /// @param base cRLNumber of that list (BaseCRLNumber); not negative
    record Delta(long base) implements CrlKind {
        public Delta {
            if (base < 0) {
                throw new IllegalArgumentException("deltaCRLIndicator: must not be negative");
            }
        }
    }
}
