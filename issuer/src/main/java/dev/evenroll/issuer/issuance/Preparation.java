package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.issuance.PreparedCertificate;
import java.util.List;

/// How the preparation of a certificate ended.
public sealed interface Preparation {

    /// A certificate that lacks only its signature, and passed the linter.
    ///
    /// @param issuerKeyId of the CA that it was prepared for
    /// @param profile name of the profile that it was prepared under
    record Prepared(PreparedCertificate certificate, String issuerKeyId, String profile) implements Preparation {}

    /// No CA is active now, or the active one is not valid now; the enrollment waits.
    record Postponed(String reason) implements Preparation {}

    /// This CA does not make such a certificate, for these reasons, at least one.
    record Refused(List<Failure> failures) implements Preparation {
        public Refused {
            failures = List.copyOf(failures);
        }
    }
}
