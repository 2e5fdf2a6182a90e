package dev.evenroll.pki.request;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.rule.AcceptedAlgorithm;
import dev.evenroll.pki.request.rule.CanonicalEncoding;
import dev.evenroll.pki.request.rule.DistantPrimes;
import dev.evenroll.pki.request.rule.ExaminedKey;
import dev.evenroll.pki.request.rule.ExponentRange;
import dev.evenroll.pki.request.rule.KeyRule;
import dev.evenroll.pki.request.rule.ModulusLength;
import dev.evenroll.pki.request.rule.NoRocaKey;
import dev.evenroll.pki.request.rule.NoSmallFactor;
import dev.evenroll.pki.request.rule.NotBlocked;
import dev.evenroll.pki.request.rule.SubjectKey;
import java.util.List;
import java.util.Optional;

/// The judgement of a public key by all rules of [dev.evenroll.pki.request.rule].
///
/// Accepted: P-256, P-384, P-521, Ed25519, Ed448, RSA of 2,048 to 4,096 bits, and ML-DSA-44, ML-DSA-65 and
/// ML-DSA-87 where the profile allows them.
///
/// Step 2 of the enrollment cycle.
public final class KeyRules {
    /// The longest SubjectPublicKeyInfo that is read, in bytes. One with an RSA modulus of 4,096 bits has
    /// 550, one of ML-DSA-87 2,614.
    private static final int MAXIMUM_BYTES = 8 * 1024;

    private static final List<KeyRule> RULES = List.of(
            new AcceptedAlgorithm(),
            new CanonicalEncoding(),
            new ModulusLength(),
            new ExponentRange(),
            new NoSmallFactor(),
            new DistantPrimes(),
            new NoRocaKey(),
            new NotBlocked());

    private KeyRules() {}

    /// Everything that is wrong with a key; empty when it may be certified. Bytes that are no key are a
    /// failure like any other.
    ///
    /// @param subjectPublicKeyInfo DER, RFC 5280 section 4.1.2.7
    public static List<Failure> judge(Der subjectPublicKeyInfo, AcceptedKeys accepted) {
        String sha256 = subjectPublicKeyInfo.sha256Hex();
        var examined = new ExaminedKey(
                SubjectKey.read(subjectPublicKeyInfo, MAXIMUM_BYTES),
                sha256,
                accepted.mlDsa(),
                accepted.blockedSha256().contains(sha256));
        return RULES.stream()
                .map(rule -> rule.problemWith(examined))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The same for an installation that chose nothing: [AcceptedKeys#STANDARD].
    public static List<Failure> judge(Der subjectPublicKeyInfo) {
        return judge(subjectPublicKeyInfo, AcceptedKeys.STANDARD);
    }

    /// What the rules refuse and how they say it, in the order in which they judge.
    public static List<RuleText> texts() {
        return RULES.stream().flatMap(rule -> rule.texts().stream()).toList();
    }
}
