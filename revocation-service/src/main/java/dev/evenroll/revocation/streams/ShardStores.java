package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.crl.CrlProgress;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.RevokedCertificate;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.state.CrlShardState;
import dev.evenroll.schemas.state.RevokedInShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The state of the shards of one partition: what is revoked, and how far the lists have come.
///
/// Store `revoked-by-shard`: key shard, `|`, serial number. Store `crl-by-shard`: key shard. Both belong to
/// the task of the partition; changes are committed together with what was emitted.
final class ShardStores {

    private static final Codec<RevokedInShard> REVOKED = Codec.of(RevokedInShard.class);
    private static final Codec<CrlShardState> PROGRESS = Codec.of(CrlShardState.class);
    private static final String SEPARATOR = "|";

    private final KeyValueStore<String, byte[]> revokedByShard;
    private final KeyValueStore<String, byte[]> crlByShard;

    ShardStores(KeyValueStore<String, byte[]> revokedByShard, KeyValueStore<String, byte[]> crlByShard) {
        this.revokedByShard = revokedByShard;
        this.crlByShard = crlByShard;
    }

    void enter(CrlShard shard, RevokedCertificate revoked) {
        var entry = RevokedInShard.newBuilder()
                .setSerialNumber(revoked.serialNumber())
                .setRevokedAt(revoked.revokedAt())
                .setReason(Lives.reason(revoked.reason()))
                .setNotAfter(revoked.notAfter())
                .build();
        revokedByShard.put(shard.key() + SEPARATOR + revoked.serialNumber(), REVOKED.encode(entry));
    }

    void remove(CrlShard shard, RevokedCertificate revoked) {
        revokedByShard.delete(shard.key() + SEPARATOR + revoked.serialNumber());
    }

    /// In the order of the serial numbers.
    List<RevokedCertificate> revoked(CrlShard shard) {
        var revoked = new ArrayList<RevokedCertificate>();
        try (var entries = revokedByShard.prefixScan(shard.key() + SEPARATOR, new StringSerializer())) {
            while (entries.hasNext()) {
                var entry = decode(REVOKED, entries.next().value);
                revoked.add(new RevokedCertificate(
                        entry.getSerialNumber(),
                        entry.getRevokedAt(),
                        Lives.reason(entry.getReason()),
                        entry.getNotAfter()));
            }
        }
        return revoked;
    }

    Optional<CrlProgress> progress(CrlShard shard) {
        byte @Nullable [] stored = crlByShard.get(shard.key());
        return Optional.ofNullable(stored)
                .map(bytes -> decode(PROGRESS, bytes))
                .map(state -> new CrlProgress(state.getCrlNumber(), state.getNextUpdate(), state.getChanged()));
    }

    void advance(CrlShard shard, CrlProgress progress) {
        var state = CrlShardState.newBuilder()
                .setCrlNumber(progress.number())
                .setNextUpdate(progress.nextUpdate())
                .setChanged(progress.changed())
                .build();
        crlByShard.put(shard.key(), PROGRESS.encode(state));
    }

    private static <T extends SpecificRecordBase> T decode(Codec<T> codec, byte[] stored) {
        try {
            return codec.decode(stored);
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "A store of the CRL shards holds a record that this version can not read. Run the version that wrote"
                            + " it, or a newer one.",
                    e);
        }
    }
}
