package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// An RSA modulus has no prime factor below 2^16: such a modulus is no product of two random primes but a
/// fault or a manipulation (NIST SP 800-89 section 5.3.3, partial public-key validation, step f).
public final class NoSmallFactor implements KeyRule {
    private static final int BOUND = 1 << 16;
    private static final RuleText SMALL_FACTOR = new RuleText(
            "small-factor",
            "NIST SP 800-89 section 5.3.3 step f",
            "an RSA modulus with a prime factor below 65536",
            "subjectPublicKeyInfo: the RSA modulus has a prime factor below 65536; make a new key");
    private static final BigInteger PRODUCT_OF_PRIMES = productOfPrimes();

    @Override
    public List<RuleText> texts() {
        return List.of(SMALL_FACTOR);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        if (!(examined.key() instanceof SubjectKey.Rsa rsa) || !ModulusLength.isComputable(rsa)) {
            return Optional.empty();
        }
        // One reduction and one gcd instead of 6,542 divisions.
        BigInteger common = PRODUCT_OF_PRIMES.mod(rsa.modulus()).gcd(rsa.modulus());
        return common.equals(BigInteger.ONE) ? Optional.empty() : Optional.of(SMALL_FACTOR.failure());
    }

    private static BigInteger productOfPrimes() {
        var composite = new BitSet(BOUND);
        BigInteger product = BigInteger.ONE;
        for (int candidate = 2; candidate < BOUND; candidate = composite.nextClearBit(candidate + 1)) {
            product = product.multiply(BigInteger.valueOf(candidate));
            for (long multiple = (long) candidate * candidate; multiple < BOUND; multiple += candidate) {
                composite.set((int) multiple);
            }
        }
        return product;
    }
}
