package dev.evenroll.hsm.authority;

import dev.evenroll.pki.identity.AuthorityName;
import java.time.Instant;

/// The key of an issuing CA: where it is, and from when on new certificates are prepared for it.
///
/// @param activeFrom of all CAs, the one with the newest time that is not in the future is the active one
public record AuthorityKey(AuthorityName name, Instant activeFrom, KeyPlace place) {
    /// Name of the key's entry in a PKCS#12 file.
    public static final String ALIAS = "issuing-ca";
}
