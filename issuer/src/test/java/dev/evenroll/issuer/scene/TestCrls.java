package dev.evenroll.issuer.scene;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.crl.CrlHead;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlPreparation;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.policy.profile.ProfileFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Prepared revocation lists that name themselves as the certificates of the built-in profiles do.
public final class TestCrls {

    public static final ShardAddresses ADDRESSES = ShardAddresses.of(
            ProfileFile.builtIn("http://crl.example/{issuer}-{shard}.crl").profiles());

    private TestCrls() {}

    public static Der complete(
            IssuingCertificate issuer,
            int shard,
            long number,
            Instant thisUpdate,
            Duration lifetime,
            RevokedEntry... entries) {
        var kind = new CrlKind.Complete(null);
        return prepare(issuer, shard, number, thisUpdate, lifetime, kind, entries);
    }

    public static Der delta(
            IssuingCertificate issuer, int shard, long number, long base, Instant thisUpdate, Duration lifetime) {
        return prepare(issuer, shard, number, thisUpdate, lifetime, new CrlKind.Delta(base));
    }

    private static Der prepare(
            IssuingCertificate issuer,
            int shard,
            long number,
            Instant thisUpdate,
            Duration lifetime,
            CrlKind kind,
            RevokedEntry... entries) {
        var names = ADDRESSES.of(issuer.keyId(), shard);
        var head = new CrlHead(number, thisUpdate, thisUpdate.plus(lifetime), names, kind);
        return CrlPreparation.prepare(issuer, head, List.of(entries).iterator());
    }
}
