package dev.evenroll.revocation.crl;

import dev.evenroll.pki.identity.CertificateId;
import java.util.List;
import java.util.stream.IntStream;

/// The shard function: which list a certificate is entered in when it is revoked, and which partition works
/// on that list.
///
/// A CA has one list now. The shard of a certificate is fixed with its issuance, since the certificate
/// names the list's address; so more lists need a change in the issuer too, and concern new certificates
/// only.
public final class CrlShards {

    private static final int SHARDS = 1;

    private CrlShards() {}

    /// The list of a certificate.
    public static CrlShard of(CertificateId certificate) {
        return new CrlShard(certificate.issuerKeyId(), 0);
    }

    /// All lists of a CA.
    public static List<CrlShard> all(String issuerKeyId) {
        return IntStream.range(0, SHARDS)
                .mapToObj(number -> new CrlShard(issuerKeyId, number))
                .toList();
    }

    /// The partition whose owner prepares the list: shard *s* lives in partition *s* mod *n*.
    public static int partition(CrlShard shard, int partitions) {
        return shard.number() % partitions;
    }
}
