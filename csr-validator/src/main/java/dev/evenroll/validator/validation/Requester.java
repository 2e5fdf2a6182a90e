package dev.evenroll.validator.validation;

import dev.evenroll.pki.path.ManufacturerAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asks, after this service itself has verified it.
public sealed interface Requester {

    /// A device whose chain leads to an anchor.
    sealed interface Trusted extends Requester {

        X509Certificate certificate();
    }

    /// A device with the certificate of its manufacturer (IDevID, IEEE 802.1AR).
    ///
    /// @param certificate the IDevID
    /// @param anchors what the trust anchor that the chain leads to vouches for, at least one
    record Manufactured(X509Certificate certificate, List<ManufacturerAnchor> anchors) implements Trusted {

        public Manufactured {
            anchors = List.copyOf(anchors);
            if (anchors.isEmpty()) {
                throw new IllegalArgumentException("anchors: are empty; a trusted chain leads to at least one");
            }
        }
    }

    /// A device with a certificate of our issuing CA, that of a registration authority which renews itself too.
    ///
    /// @param certificate the certificate
    /// @param revoked whether it is revoked
    /// @param ofFormerLife whether it was issued before the device last began anew
    /// @param expired whether it has expired: its chain was then verified at its end
    record Certified(X509Certificate certificate, boolean revoked, boolean ofFormerLife, boolean expired)
            implements Trusted {}

    /// Somebody with the certificate of a registration authority (id-kp-cmcRA, RFC 6402 section 2.10), who does not
    /// renew it.
    ///
    /// @param certificate the certificate
    /// @param issuers the CAs above it, up to the anchor
    /// @param onlyIssuer whether no other CA's certificates are trusted as those of registration authorities
    /// @param name its only CN; empty when it has none
    /// @param authority what the registry holds of it; null when it holds nothing
    record Registering(
            X509Certificate certificate,
            List<X509Certificate> issuers,
            boolean onlyIssuer,
            String name,
            @Nullable Authority authority)
            implements Requester {

        public Registering {
            issuers = List.copyOf(issuers);
        }

        /// Whether it may speak for a device at all.
        public boolean mayRegister() {
            return authority != null && authority.active() && isItsCertificate(authority.binding());
        }

        private boolean isItsCertificate(AuthorityBinding binding) {
            return binding.isNone() ? onlyIssuer : binding.admits(certificate) && binding.admitsIssuers(issuers);
        }
    }

    /// Somebody with a one-time token.
    ///
    /// @param held the device's token; null when it has none
    /// @param problems what is wrong with the one that was presented; empty when it counts
    record Bearing(@Nullable DeviceTokenView held, Set<TokenProblem> problems) implements Requester {

        public Bearing {
            problems = Set.copyOf(problems);
        }
    }

    /// A trusted device, at the operation that takes the other kind of certificate: no word for the device.
    ///
    /// @param requester who it is
    record Misplaced(Trusted requester) implements Requester {}

    /// Nobody whose word counts.
    ///
    /// @param problem what is wrong with the certificate that was presented
    /// @param advice what to do
    record Untrusted(String problem, String advice) implements Requester {}

    /// Nobody has been verified: which anchors the operation needs is not known to this version.
    record OfUnknownOperation() implements Requester {}
}
