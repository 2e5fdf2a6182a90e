package dev.evenroll.revocation.crl;

import dev.evenroll.pki.crl.CrlName;
import java.util.Optional;

/// A part of the certificates of a CA, which has a complete revocation list and a delta list of its own.
///
/// @param issuerKeyId subjectKeyIdentifier of the CA in lower-case hexadecimal digits
/// @param number from 0
public record CrlShard(String issuerKeyId, int number) {

    /// Reads what [#key] wrote.
    public static Optional<CrlShard> parse(String key) {
        return CrlName.parse(key)
                .filter(name -> !name.delta())
                .map(name -> new CrlShard(name.issuerKeyId(), name.shard()));
    }

    /// Its list of everything that is revoked.
    public CrlName complete() {
        return new CrlName(issuerKeyId, number, false);
    }

    /// Its list of what has changed.
    public CrlName delta() {
        return new CrlName(issuerKeyId, number, true);
    }

    /// Issuer's key id, `-`, number: the key of its stores.
    public String key() {
        return complete().key();
    }

    /// The partition whose owner prepares its lists: shard *s* lives in partition *s* mod *n*.
    public int partition(int partitions) {
        return number % partitions;
    }

    @Override
    public String toString() {
        return key();
    }
}
