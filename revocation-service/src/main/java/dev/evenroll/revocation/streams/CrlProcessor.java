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
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Keeps the revoked certificates of the shards of its partition, and prepares their lists.
///
/// Revocations only note that a list is due; the tick prepares it, so that any number of revocations
/// between two ticks costs one list. The issuer signs what is prepared here.
final class CrlProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    static final Duration TICK = Duration.ofMillis(200);

    private final Intake<CertificateRevoked> intake;
    private final String environment;
    private final IssuingCertificate issuer;
    private final CrlSchedule schedule;
    private final InstantSource clock;
    private @Nullable ShardStores stores;

    CrlProcessor(
            Intake<CertificateRevoked> intake,
            String environment,
            IssuingCertificate issuer,
            CrlSchedule schedule,
            InstantSource clock) {
        this.intake = intake;
        this.environment = environment;
        this.issuer = issuer;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        var opened = new ShardStores(
                context.getStateStore(RevocationTopology.REVOKED_BY_SHARD),
                context.getStateStore(RevocationTopology.CRL_BY_SHARD));
        stores = opened;
        var own = CrlShards.all(issuer.keyId()).stream()
                .filter(shard -> CrlShards.partition(shard, RevocationTopology.SHARD_PARTITIONS)
                        == context.taskId().partition())
                .toList();
        if (!own.isEmpty()) {
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, ignored -> tick(own, opened));
        }
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

    private void tick(List<CrlShard> own, ShardStores shards) {
        var now = clock.instant();
        for (var shard : own) {
            if (schedule.due(shards.progress(shard), now)) {
                prepare(shard, shards, now);
            }
        }
    }

    private void prepare(CrlShard shard, ShardStores shards, Instant now) {
        var next = schedule.next(shards.progress(shard), now);
        var thisUpdate = CrlSchedule.thisUpdate(now);
        var revoked = shards.revoked(shard);
        var tbsCertList = CrlPreparation.prepare(
                issuer,
                next.number(),
                thisUpdate,
                next.nextUpdate(),
                revoked.stream().map(RevokedCertificate::entry).toList());
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
        revoked.stream()
                .filter(certificate -> certificate.leavesAfter(thisUpdate))
                .forEach(certificate -> shards.remove(shard, certificate));
    }
}
