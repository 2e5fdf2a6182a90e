package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// An RSA public exponent is odd, at least 65,537 and below 2^256 (NIST SP 800-56B rev. 2 section 6.2; FIPS
/// 186-5 section 5.1).
public final class ExponentRange implements KeyRule {
    private static final BigInteger MINIMUM = BigInteger.valueOf(65_537);
    private static final int MAXIMUM_BITS = 256;
    private static final RuleText EXPONENT = new RuleText(
            "rsa-exponent",
            "NIST SP 800-56B rev. 2 section 6.2; FIPS 186-5 section 5.1",
            "an RSA public exponent that is even, below 65537 or of more than 256 bits",
            "subjectPublicKeyInfo: the RSA exponent must be odd, at least 65537 and below 2^256; "
                    + "make a key with the exponent 65537");

    @Override
    public List<RuleText> texts() {
        return List.of(EXPONENT);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        if (!(examined.key() instanceof SubjectKey.Rsa rsa)) {
            return Optional.empty();
        }
        BigInteger exponent = rsa.exponent();
        return exponent.testBit(0) && exponent.compareTo(MINIMUM) >= 0 && exponent.bitLength() <= MAXIMUM_BITS
                ? Optional.empty()
                : Optional.of(EXPONENT.failure());
    }
}
