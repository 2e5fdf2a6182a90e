package dev.evenroll.pki.identity;

import java.math.BigInteger;

/// The shard function: in which of a CA's revocation lists a certificate is entered when it is revoked.
///
/// The serial number modulo the number of shards. Serial numbers are random, so the shards are of equal size, and
/// nobody can choose one. The certificate names the list of its shard (cRLDistributionPoints), so both the function
/// and a CA's number of shards are fixed for the life of the CA: docs/adr/0024.
public final class ShardOfSerial {
    /// The most shards that one CA has.
    public static final int MOST_SHARDS = 4096;

    private ShardOfSerial() {}

    /// The number of the shard, from 0.
    ///
    /// @param serialNumber of the certificate, positive
    /// @param shards how many lists the CA has, 1 to [#MOST_SHARDS]
    public static int number(BigInteger serialNumber, int shards) {
        if (shards < 1 || shards > MOST_SHARDS) {
            throw new IllegalArgumentException("shards: must be 1 to " + MOST_SHARDS);
        }
        return serialNumber.mod(BigInteger.valueOf(shards)).intValue();
    }
}
