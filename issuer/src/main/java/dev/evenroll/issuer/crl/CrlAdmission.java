package dev.evenroll.issuer.crl;

import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import java.util.List;

/// Whether a prepared revocation list may be signed.
public sealed interface CrlAdmission {

    /// The token that signing asks for. Only [CrlIssuer#admit] makes one, after all checks: so none can be skipped.
    final class Admitted implements CrlAdmission {
        private final Authority authority;
        private final Der tbsCertList;

        Admitted(Authority authority, Der tbsCertList) {
            this.authority = authority;
            this.tbsCertList = tbsCertList;
        }

        /// The CA that signs.
        Authority authority() {
            return authority;
        }

        Der tbsCertList() {
            return tbsCertList;
        }
    }

    /// It was in order, but has waited too long: its time has passed, or its CA can not sign any more.
    record Stale(String reason) implements CrlAdmission {}

    /// It must not be signed, for these reasons, at least one.
    record Rejected(List<Failure> failures) implements CrlAdmission {
        public Rejected {
            failures = List.copyOf(failures);
        }
    }
}
