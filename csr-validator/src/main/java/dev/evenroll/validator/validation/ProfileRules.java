package dev.evenroll.validator.validation;

import dev.evenroll.pki.request.AcceptedKeys;
import java.util.Set;
import java.util.function.Supplier;

/// What the certificate profile and the installation allow beyond the fixed rules.
///
/// @param mlDsa whether ML-DSA keys (RFC 9881) are certified
/// @param sameKeyOnRenewal whether a renewal may keep the key
/// @param blockedKeys SHA-256 of the SubjectPublicKeyInfos that are certified for nobody, each in 64 lower-case
///     hexadecimal digits: those in force now; immutable
public record ProfileRules(boolean mlDsa, boolean sameKeyOnRenewal, Supplier<Set<String>> blockedKeys) {

    /// No ML-DSA, a new key on every renewal, nothing blocked.
    public static final ProfileRules STANDARD = new ProfileRules(false, false, Set::of);

    /// The keys that are accepted now.
    public AcceptedKeys acceptedKeys() {
        return new AcceptedKeys(mlDsa, blockedKeys.get());
    }
}
