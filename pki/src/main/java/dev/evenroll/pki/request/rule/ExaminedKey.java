package dev.evenroll.pki.request.rule;

/// A public key under examination, and what the installation says of it.
///
/// @param key the key taken apart
/// @param sha256 the SHA-256 digest of its SubjectPublicKeyInfo in 64 lower-case hexadecimal digits
/// @param mlDsaAccepted whether the profile allows ML-DSA keys
/// @param blocked whether the key is on the list of those that nobody may have
public record ExaminedKey(SubjectKey key, String sha256, boolean mlDsaAccepted, boolean blocked) {}
