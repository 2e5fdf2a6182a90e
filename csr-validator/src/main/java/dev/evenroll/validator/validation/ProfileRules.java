package dev.evenroll.validator.validation;

import dev.evenroll.pki.request.AcceptedKeys;
import dev.evenroll.validator.registry.Profiles;
import java.util.Set;
import java.util.function.Supplier;

/// What the certificate profiles and the installation allow beyond the fixed rules.
///
/// @param profiles the certificate profiles
/// @param sameKeyOnRenewal whether a renewal may keep the key
/// @param mostCertificates so many enrollments of one device may be in flight or have led to a certificate in use at a
///     time, the one that is judged included; at least [#FEWEST_CERTIFICATES]
/// @param blockedKeys SHA-256 of the SubjectPublicKeyInfos that are certified for nobody, each in 64 lower-case
///     hexadecimal digits: those in force now; immutable
public record ProfileRules(
        Profiles profiles, boolean sameKeyOnRenewal, int mostCertificates, Supplier<Set<String>> blockedKeys) {

    /// The present certificate, and the one that renews it.
    public static final int FEWEST_CERTIFICATES = 2;

    /// The keys that are accepted now: those of which any profile has the kind; which of them a device may have, its
    /// own profile says.
    public AcceptedKeys acceptedKeys() {
        return new AcceptedKeys(profiles.mlDsa(), blockedKeys.get());
    }
}
