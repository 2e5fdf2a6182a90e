package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// An RSA modulus does not bear the fingerprint of a broken smart-card library (ROCA, CVE-2017-15361).
///
/// That library made primes of the form `k * M + (65537^a mod M)`, M a product of small primes. So its moduli
/// are powers of 65537 modulo each of these primes; a random modulus is so for all of them once in 2^27 or
/// less. Source: Nemec and others, "The Return of Coppersmith's Attack", ACM CCS 2017, section 3.2.
public final class NoRocaKey implements KeyRule {
    private static final int LARGEST_PRIME = 167;
    private static final RuleText ROCA = new RuleText(
            "roca",
            "CVE-2017-15361; Nemec and others, ACM CCS 2017, section 3.2",
            "an RSA modulus with the fingerprint of a broken smart-card library",
            "subjectPublicKeyInfo: the RSA key was made by a library whose keys can be factored "
                    + "(ROCA, CVE-2017-15361); update the firmware of the chip and make a new key, or one on P-256");
    private static final List<Fingerprint> FINGERPRINTS = fingerprints();

    private record Fingerprint(int prime, BitSet powers) {
        boolean fits(BigInteger modulus) {
            return powers.get(modulus.mod(BigInteger.valueOf(prime)).intValue());
        }
    }

    @Override
    public List<RuleText> texts() {
        return List.of(ROCA);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        if (!(examined.key() instanceof SubjectKey.Rsa rsa) || !ModulusLength.isComputable(rsa)) {
            return Optional.empty();
        }
        return FINGERPRINTS.stream().allMatch(fingerprint -> fingerprint.fits(rsa.modulus()))
                ? Optional.of(ROCA.failure())
                : Optional.empty();
    }

    private static List<Fingerprint> fingerprints() {
        var fingerprints = new ArrayList<Fingerprint>();
        for (int prime = 3; prime <= LARGEST_PRIME; prime += 2) {
            if (BigInteger.valueOf(prime).isProbablePrime(20)) {
                BitSet powers = powersOf65537(prime);
                // Where 65537 generates every residue, the prime tells nothing.
                if (powers.cardinality() < prime - 1) {
                    fingerprints.add(new Fingerprint(prime, powers));
                }
            }
        }
        return List.copyOf(fingerprints);
    }

    private static BitSet powersOf65537(int prime) {
        var powers = new BitSet(prime);
        for (int power = 1; !powers.get(power); power = (power * (65_537 % prime)) % prime) {
            powers.set(power);
        }
        return powers;
    }
}
