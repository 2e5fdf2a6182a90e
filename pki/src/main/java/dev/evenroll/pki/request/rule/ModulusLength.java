package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
import java.util.Optional;

/// An RSA modulus has 2,048 to 4,096 bits.
///
/// Below lies less than 112 bits of security (NIST SP 800-131A rev. 2 section 3; OCPP 2.0.1 A00.FR.502-506
/// asks for 2,048). Above, every verification costs the readers more than it gives, and a chain no longer
/// fits into the 5,600 characters of small stations.
public final class ModulusLength implements KeyRule {
    static final int MINIMUM_BITS = 2048;
    static final int MAXIMUM_BITS = 4096;

    private static final RuleText LENGTH = new RuleText(
            "weak-key",
            "NIST SP 800-131A rev. 2 section 3; OCPP 2.0.1 A00.FR.502-506",
            "an RSA modulus below " + MINIMUM_BITS + " or above " + MAXIMUM_BITS + " bits",
            "subjectPublicKeyInfo: RSA of <bits> bits is not accepted; make a key of " + MINIMUM_BITS + " to "
                    + MAXIMUM_BITS + " bits, or one on P-256");

    @Override
    public List<RuleText> texts() {
        return List.of(LENGTH);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        if (!(examined.key() instanceof SubjectKey.Rsa rsa)) {
            return Optional.empty();
        }
        int bits = rsa.modulus().signum() > 0 ? rsa.modulus().bitLength() : 0;
        return bits >= MINIMUM_BITS && bits <= MAXIMUM_BITS
                ? Optional.empty()
                : Optional.of(LENGTH.failure(String.valueOf(bits)));
    }

    /// Whether the factorization rules may compute with the modulus: a longer one would be work that the
    /// sender orders.
    static boolean isComputable(SubjectKey.Rsa key) {
        return key.modulus().signum() > 0 && key.modulus().bitLength() <= MAXIMUM_BITS;
    }
}
