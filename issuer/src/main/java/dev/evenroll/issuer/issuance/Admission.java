package dev.evenroll.issuer.issuance;

import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import java.time.Instant;
import java.util.List;

/// Whether a prepared certificate may be signed.
public sealed interface Admission {

    /// The token that signing asks for. Only [CertificateIssuer#admit] makes one, after all checks: so none can be
    /// skipped.
    final class Admitted implements Admission {
        private final Authority authority;
        private final Der tbsCertificate;
        private final Instant notBefore;
        private final Instant notAfter;

        Admitted(Authority authority, Der tbsCertificate, Instant notBefore, Instant notAfter) {
            this.authority = authority;
            this.tbsCertificate = tbsCertificate;
            this.notBefore = notBefore;
            this.notAfter = notAfter;
        }

        /// The CA that signs.
        Authority authority() {
            return authority;
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

    /// It can not be signed now, and may be later; it waits.
    record Postponed(String reason) implements Admission {}

    /// It was in order, and is too late: it has expired, is not what the profile says any more, or its CA can not sign
    /// any more and is not the active one. Nobody is accused.
    record Abandoned(List<Failure> failures) implements Admission {
        public Abandoned {
            failures = List.copyOf(failures);
        }
    }

    /// It must not be signed, for these reasons, at least one.
    record Rejected(List<Failure> failures) implements Admission {
        public Rejected {
            failures = List.copyOf(failures);
        }
    }
}
