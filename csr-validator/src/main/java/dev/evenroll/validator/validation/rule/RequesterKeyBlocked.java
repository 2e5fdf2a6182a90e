package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The requester does not prove who he is with a blocked key, whatever certificate is over it: a device's present
/// one, a manufacturer's, or a registration authority's.
///
/// Whoever else has the private key would get a certificate for a key of his own.
public final class RequesterKeyBlocked implements Rule {

    private static final RuleText BLOCKED = new RuleText(
            "requester-key-blocked",
            "NIST SP 800-57 part 1 rev. 5 section 8.3.5; RFC 5280 section 5.3.1 (keyCompromise)",
            "a requester whose own certificate carries a blocked key: on the installation's list, or blocked by a "
                    + "person",
            "requester certificate: its key <sha256> is blocked; ask with a certificate over another key, "
                    + "or with a one-time token");

    @Override
    public List<RuleText> texts() {
        return List.of(BLOCKED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.blockedRequesterKey().map(BLOCKED::failure).stream().toList();
    }
}
