package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// The two primes of an RSA modulus are not close together: Fermat's method finds close ones within a few
/// rounds (CVE-2022-26320; FIPS 186-5 section A.1.3 demands a distance of 2^(n/2 - 100)).
///
/// `n = a^2 - b^2 = (a - b)(a + b)`: starting at `a = ceil(sqrt(n))`, [#ROUNDS] values of `a` are tried.
public final class DistantPrimes implements KeyRule {
    /// The number of rounds that CAs of the web use; broken generators fall within a dozen.
    static final int ROUNDS = 100;

    private static final RuleText CLOSE_PRIMES = new RuleText(
            "close-primes",
            "CVE-2022-26320; FIPS 186-5 section A.1.3",
            "an RSA modulus that Fermat's method factors within " + ROUNDS + " rounds",
            "subjectPublicKeyInfo: the primes of the RSA modulus are too close together; make a new key "
                    + "with another generator");

    /// Squares modulo 64: all other values of the low six bits need no square root.
    private static final long SQUARES_MODULO_64 = squaresModulo64();

    @Override
    public List<RuleText> texts() {
        return List.of(CLOSE_PRIMES);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        if (!(examined.key() instanceof SubjectKey.Rsa rsa) || !ModulusLength.isComputable(rsa)) {
            return Optional.empty();
        }
        return factorsWithinRounds(rsa.modulus()) ? Optional.of(CLOSE_PRIMES.failure()) : Optional.empty();
    }

    private static boolean factorsWithinRounds(BigInteger modulus) {
        BigInteger root = modulus.sqrt();
        BigInteger a = root.multiply(root).equals(modulus) ? root : root.add(BigInteger.ONE);
        BigInteger square = a.multiply(a).subtract(modulus);
        for (int round = 0; round < ROUNDS; round++) {
            if (isSquare(square)) {
                return true;
            }
            square = square.add(a.shiftLeft(1)).add(BigInteger.ONE);
            a = a.add(BigInteger.ONE);
        }
        return false;
    }

    private static boolean isSquare(BigInteger value) {
        if (((SQUARES_MODULO_64 >>> (value.intValue() & 63)) & 1) == 0) {
            return false;
        }
        return value.sqrtAndRemainder()[1].signum() == 0;
    }

    private static long squaresModulo64() {
        long squares = 0;
        for (int i = 0; i < 64; i++) {
            squares |= 1L << ((i * i) & 63);
        }
        return squares;
    }
}
