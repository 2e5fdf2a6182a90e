package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.crl.CrlProgress;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.RevokedCertificate;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.state.CrlBase;
import dev.evenroll.schemas.state.CrlShardState;
import dev.evenroll.schemas.state.RevokedInShard;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
    private final Map<CrlShard, Optional<CrlProgress>> progress = new HashMap<>();

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
                .setSinceCrlNumber(revoked.sinceNumber())
                .build();
        revokedByShard.put(key(shard, revoked), REVOKED.encode(entry));
    }

    /// What is kept of a certificate.
    Optional<RevokedCertificate> find(CrlShard shard, String serialNumber) {
        byte @Nullable [] stored = revokedByShard.get(shard.key() + SEPARATOR + serialNumber);
        return Optional.ofNullable(stored).map(ShardStores::revoked);
    }

    void remove(CrlShard shard, RevokedCertificate revoked) {
        revokedByShard.delete(key(shard, revoked));
    }

    private static String key(CrlShard shard, RevokedCertificate revoked) {
        return shard.key() + SEPARATOR + revoked.serialNumber();
    }

    /// Reads the revoked certificates of a shard, in the order of the digits of their serial numbers.
    ///
    /// @param reader takes them one after the other, so that a long list is never in memory
    <R> R read(CrlShard shard, Function<Stream<RevokedCertificate>, R> reader) {
        try (var entries = revokedByShard.prefixScan(shard.key() + SEPARATOR, new StringSerializer())) {
            var inOrder = Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED | Spliterator.NONNULL);
            return reader.apply(StreamSupport.stream(inOrder, false).map(entry -> revoked(entry.value)));
        }
    }

    private static RevokedCertificate revoked(byte[] stored) {
        var entry = decode(REVOKED, stored);
        return new RevokedCertificate(
                entry.getSerialNumber(),
                entry.getRevokedAt(),
                Lives.reason(entry.getReason()),
                entry.getNotAfter(),
                entry.getSinceCrlNumber());
    }

    /// From memory but for the first time, since every tick asks it of every shard.
    Optional<CrlProgress> progress(CrlShard shard) {
        return progress.computeIfAbsent(
                shard, asked -> Optional.ofNullable(crlByShard.get(asked.key())).map(ShardStores::progress));
    }

    private static CrlProgress progress(byte[] stored) {
        var state = decode(PROGRESS, stored);
        return new CrlProgress(
                state.getCrlNumber(),
                state.getNextUpdate(),
                state.getChanged(),
                Optional.ofNullable(state.getBase())
                        .map(base -> new CrlProgress.Base(base.getCrlNumber(), base.getSince())));
    }

    void advance(CrlShard shard, CrlProgress advanced) {
        var state = CrlShardState.newBuilder()
                .setCrlNumber(advanced.number())
                .setNextUpdate(advanced.nextUpdate())
                .setChanged(advanced.changed())
                .setBase(advanced.base()
                        .map(base -> new CrlBase(base.number(), base.since()))
                        .orElse(null))
                .build();
        crlByShard.put(shard.key(), PROGRESS.encode(state));
        progress.put(shard, Optional.of(advanced));
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
