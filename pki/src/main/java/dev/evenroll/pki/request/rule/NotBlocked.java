package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
import java.util.Optional;

/// The key is not one of those that the operator's list blocks: keys that were published, shipped in many
/// devices alike, or made by a generator known to repeat itself (CVE-2008-0166).
public final class NotBlocked implements KeyRule {
    private static final RuleText BLOCKED = new RuleText(
            "key-blocked",
            "NIST SP 800-57 part 1 rev. 5 section 8.3.5; CA/Browser Forum Baseline Requirements 6.1.1.3",
            "a key on the installation's list of blocked keys",
            "subjectPublicKeyInfo: the key <sha256> is on the list of blocked keys; make a new key");

    @Override
    public List<RuleText> texts() {
        return List.of(BLOCKED);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        return examined.blocked() ? Optional.of(BLOCKED.failure(examined.sha256())) : Optional.empty();
    }
}
