package dev.evenroll.revocation.streams;

import dev.evenroll.pki.crl.CrlPreparation;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.revocation.crl.CrlProgress;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.CrlShards;
import dev.evenroll.revocation.crl.RevokedCertificate;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Keeps the revoked certificates of the shards of its partition, and prepares their lists.
///
/// Revocations only note that a list is due; the tick prepares it, so that any number of revocations
/// between two ticks costs one list. The issuer signs what is prepared here, or refuses it: only a
/// list that comes back signed counts, and until then it is prepared again and again with a higher
/// number.
final class CrlProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    static final Duration TICK = Duration.ofMillis(200);

    private final Intake<CertificateRevoked> intake;
    private final String environment;
    private final RevocationTopology.Lists lists;
    private final InstantSource clock;
    private final Map<CrlShard, Long> tidied = new HashMap<>();
    private @Nullable ShardStores stores;
    private List<Own> own = List.of();

    /// A shard of this partition.
    private record Own(IssuingCertificate issuer, CrlShard shard) {}

    CrlProcessor(
            Intake<CertificateRevoked> intake,
            String environment,
            RevocationTopology.Lists lists,
            InstantSource clock) {
        this.intake = intake;
        this.environment = environment;
        this.lists = lists;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        var opened = new ShardStores(
                context.getStateStore(RevocationTopology.REVOKED_BY_SHARD),
                context.getStateStore(RevocationTopology.CRL_BY_SHARD));
        stores = opened;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, ignored -> tick(opened));
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        var shards = RevocationTopology.opened(stores);
        intake.decode(source, context()).ifPresent(event -> {
            try {
                var id = CertificateId.parse(event.getCertificateId());
                var shard = CrlShards.of(id);
                shards.enter(
                        shard,
                        new RevokedCertificate(
                                id.serialNumber(),
                                event.getOccurredAt(),
                                Lives.reason(event.getReason()),
                                event.getNotAfter()));
                shards.progress(shard)
                        .map(CrlProgress::afterRevocation)
                        .ifPresent(progress -> shards.advance(shard, progress));
            } catch (IllegalArgumentException e) {
                intake.refuse(source, context(), "The event names no certificate: " + e.getMessage() + ".");
            }
        });
    }

    /// The shards of this partition, of the CAs that are there now. A CA that has expired needs no list: nor
    /// has any certificate of it.
    private List<Own> own(Instant now) {
        return lists.issuers().all().stream()
                .filter(issuer -> now.isBefore(issuer.certificateNotAfter()))
                .flatMap(issuer -> CrlShards.all(issuer.keyId()).stream().map(shard -> new Own(issuer, shard)))
                .filter(own -> CrlShards.partition(own.shard(), RevocationTopology.SHARD_PARTITIONS)
                        == context().taskId().partition())
                .toList();
    }

    private void tick(ShardStores shards) {
        if (!lists.published().complete()) {
            return;
        }
        var now = clock.instant();
        own = own(now);
        for (var each : own) {
            var shard = each.shard();
            var progress = shards.progress(shard);
            var signed = lists.published().lastNumber(shard);
            if (due(shard, progress, signed, shards, now)) {
                prepare(each, lists.schedule().next(progress, signed, now), shards, now);
                lists.unsigned().prepared(shard, signed, now);
            }
        }
    }

    private boolean due(CrlShard shard, Optional<CrlProgress> progress, long signed, ShardStores shards, Instant now) {
        if (progress.isPresent() && progress.get().number() > signed) {
            var retry = lists.unsigned().retryDue(shard, signed, now);
            return retry || progress.get().changed();
        }
        lists.unsigned().end(shard);
        progress.ifPresent(last -> tidy(shard, last, shards));
        return lists.schedule().due(progress, signed, now);
    }

    /// Lets expired entries leave once a list is signed that still holds them. When a revocation has
    /// come since it was prepared, its entry may have expired and stand on no list yet: then the next
    /// list decides.
    private void tidy(CrlShard shard, CrlProgress progress, ShardStores shards) {
        var signed = lists.published().find(shard).filter(list -> list.number() == progress.number());
        if (signed.isEmpty() || progress.changed() || progress.number() == tidied.getOrDefault(shard, 0L)) {
            return;
        }
        shards.revoked(shard).stream()
                .filter(certificate -> certificate.leavesAfter(signed.get().thisUpdate()))
                .forEach(certificate -> shards.remove(shard, certificate));
        tidied.put(shard, progress.number());
    }

    private void prepare(Own own, CrlProgress next, ShardStores shards, Instant now) {
        var shard = own.shard();
        var tbsCertList = CrlPreparation.prepare(
                own.issuer(),
                next.number(),
                CrlSchedule.thisUpdate(now),
                next.nextUpdate(),
                shards.revoked(shard).stream().map(RevokedCertificate::entry).toList());
        var prepared = CrlPrepared.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now)
                .setIssuerKeyId(shard.issuerKeyId())
                .setShard(shard.number())
                .setCrlNumber(next.number())
                .setTbsCertList(ByteBuffer.wrap(tbsCertList.bytes()))
                .build();
        context().forward(new Record<>(shard.key(), new Emission(Topics.CRL_PREPARED, prepared), now.toEpochMilli()));
        shards.advance(shard, next);
    }

    @Override
    public void close() {
        own.forEach(each -> lists.unsigned().end(each.shard()));
    }
}
