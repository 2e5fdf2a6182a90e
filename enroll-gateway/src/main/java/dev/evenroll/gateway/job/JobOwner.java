package dev.evenroll.gateway.job;

import dev.evenroll.gateway.authentication.RegistrationAuthority;

/// The registration authority that a job belongs to: the name that opened it, together with the CA that vouches for
/// the name (ADR 0015).
///
/// @param name CN of the certificate that opened the job
/// @param issuerKeySha256 [RegistrationAuthority#issuerKeySha256]; empty in a job of the version that did not write it
public record JobOwner(String name, String issuerKeySha256) {

    public static JobOwner of(RegistrationAuthority authority) {
        return new JobOwner(authority.name(), authority.issuerKeySha256());
    }

    /// Whether it is the one that asks. Where no CA is known, the name alone counts as long as only one CA can give it.
    public boolean is(RegistrationAuthority asking) {
        return name.equals(asking.name())
                && (issuerKeySha256.isEmpty() ? asking.onlyIssuer() : issuerKeySha256.equals(asking.issuerKeySha256()));
    }
}
