package dev.evenroll.gateway.authentication;

/// A registration authority that asks with its certificate: known by its CN, which is unique within its issuer only
/// (RFC 5280 section 4.1.2.6), and by the key of that issuer.
///
/// By the key, so that it stays who it is when its certificate is renewed, or that of its CA, whichever way leads from
/// there to an anchor, and whatever the anchor's file is called.
///
/// @param name the CN
/// @param issuerKeySha256 SHA-256 of the SubjectPublicKeyInfo of the CA that issued its certificate, 64 lower-case hex
///     digits
/// @param onlyIssuer whether no other CA's certificates are trusted as those of registration authorities
public record RegistrationAuthority(String name, String issuerKeySha256, boolean onlyIssuer) {}
