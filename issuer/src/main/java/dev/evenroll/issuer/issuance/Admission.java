package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import java.time.Instant;
import java.util.List;

/// Whether a prepared certificate may be signed.
public sealed interface Admission {

    /// The token that signing asks for. Only [CertificateIssuer#admit] makes one, after all checks: so none can be
    /// skipped.
    final class Admitted implements Admission {
        private final Der tbsCertificate;
        private final Instant notBefore;
        private final Instant notAfter;

        Admitted(Der tbsCertificate, Instant notBefore, Instant notAfter) {
            this.tbsCertificate = tbsCertificate;
            this.notBefore = notBefore;
            this.notAfter = notAfter;
        }

        Der tbsCertificate() {
            return tbsCertificate;
        }

        /// The first second of validity.
        public Instant notBefore() {
            return notBefore;
        }

        /// The last second of validity.
        public Instant notAfter() {
            return notAfter;
        }
    }

    /// It must not be signed, for these reasons, at least one.
    record Rejected(List<Failure> failures) implements Admission {
        public Rejected {
            failures = List.copyOf(failures);
        }
    }
}
