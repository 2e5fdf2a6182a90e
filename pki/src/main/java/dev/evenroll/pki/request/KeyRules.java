package dev.evenroll.pki.request;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.request.rule.AcceptedAlgorithm;
import dev.evenroll.pki.request.rule.CanonicalEncoding;
import dev.evenroll.pki.request.rule.DistantPrimes;
import dev.evenroll.pki.request.rule.ExponentRange;
import dev.evenroll.pki.request.rule.KeyRule;
import dev.evenroll.pki.request.rule.ModulusLength;
import dev.evenroll.pki.request.rule.NoRocaKey;
import dev.evenroll.pki.request.rule.NoSmallFactor;
import dev.evenroll.pki.request.rule.SubjectKey;
import java.util.List;
import java.util.stream.Stream;

/// The judgement of a public key by all rules of [dev.evenroll.pki.request.rule].
///
/// Accepted: P-256, P-384, P-521, Ed25519, Ed448, and RSA of 2,048 to 4,096 bits.
///
/// Step 2 of the enrollment cycle.
public final class KeyRules {
    /// The longest SubjectPublicKeyInfo that is read, in bytes. One with an RSA modulus of 4,096 bits has
    /// 550.
    private static final int MAXIMUM_BYTES = 8 * 1024;

    private static final List<KeyRule> RULES = List.of(
            new AcceptedAlgorithm(),
            new CanonicalEncoding(),
            new ModulusLength(),
            new ExponentRange(),
            new NoSmallFactor(),
            new DistantPrimes(),
            new NoRocaKey());

    private KeyRules() {}

    /// Everything that is wrong with a key; empty when it may be certified. Bytes that are no key are a
    /// failure like any other.
    ///
    /// @param subjectPublicKeyInfo DER, RFC 5280 section 4.1.2.7
    public static List<Failure> judge(Der subjectPublicKeyInfo) {
        SubjectKey key = SubjectKey.read(subjectPublicKeyInfo, MAXIMUM_BYTES);
        return RULES.stream().flatMap(rule -> judge(rule, key)).toList();
    }

    private static Stream<Failure> judge(KeyRule rule, SubjectKey key) {
        return rule.problemWith(key).map(message -> new Failure(rule.name(), message)).stream();
    }
}
