package dev.evenroll.issuer.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.crl.CrlName;
import java.util.OptionalLong;

/// A revocation list that somebody wants signed, with what its record says of it. Not trusted to agree with itself.
///
/// @param issuerKeyId subjectKeyIdentifier of the CA that should sign, lower-case hex
/// @param shard number of the shard, from 0
/// @param crlNumber should be the cRLNumber inside (RFC 5280 section 5.2.3)
/// @param base should be the BaseCRLNumber inside (RFC 5280 section 5.2.4); empty for a complete list
/// @param tbsCertList what would be signed, DER (RFC 5280 section 5.1)
public record CrlCandidate(String issuerKeyId, int shard, long crlNumber, OptionalLong base, Der tbsCertList) {

    /// Whose numbers it has to continue.
    public CrlName name() {
        return new CrlName(issuerKeyId, shard, base.isPresent());
    }
}
