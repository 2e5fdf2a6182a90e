package dev.evenroll.pki.request;

import dev.evenroll.pki.profile.Profile;
import java.util.Set;

/// What [KeyRules] leaves to an installation.
///
/// @param mlDsa whether ML-DSA-44, ML-DSA-65 and ML-DSA-87 (RFC 9881) are accepted
/// @param blockedSha256 keys that nobody may have, each as the SHA-256 digest of its SubjectPublicKeyInfo in 64
///     lower-case hexadecimal digits; hand over an immutable set, others are copied
public record AcceptedKeys(boolean mlDsa, Set<String> blockedSha256) {
    /// No ML-DSA, nothing blocked.
    public static final AcceptedKeys STANDARD = new AcceptedKeys(false, Set.of());

    public AcceptedKeys {
        blockedSha256 = Set.copyOf(blockedSha256);
    }

    /// What a CA certifies under a profile. It knows no blocked keys: whoever authorized the certificate does.
    public static AcceptedKeys of(Profile profile) {
        return new AcceptedKeys(profile.mlDsa(), Set.of());
    }
}
