package dev.evenroll.revocation.streams;

import dev.evenroll.pki.crl.CrlHead;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.pki.crl.CrlPreparation;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.revocation.crl.CrlProgress;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.RevokedCertificate;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Keeps the revoked certificates of the shards of its partition, those on hold too, and prepares their lists.
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
    private Known known = new Known(List.of(), 0);

    /// A shard of this partition.
    ///
    /// @param addresses the URLs by which certificates name its list
    private record Own(IssuingCertificate issuer, CrlShard shard, List<String> addresses) {}

    /// What decides which shards there are.
    private record Known(List<IssuingCertificate> issuers, int lists) {}

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
                var shard = new CrlShard(id.issuerKeyId(), event.getShard());
                if (event.getReason() == RevocationReason.REMOVE_FROM_CRL
                        && shards.find(shard, id.serialNumber())
                                .filter(RevokedCertificate::isFinal)
                                .isPresent()) {
                    intake.refuse(source, context(), "A certificate that is revoked for ever can not be released.");
                    return;
                }
                var progress = shards.progress(shard);
                shards.enter(
                        shard,
                        new RevokedCertificate(
                                id.serialNumber(),
                                event.getOccurredAt(),
                                Lives.reason(event.getReason()),
                                event.getNotAfter(),
                                progress.map(CrlProgress::number).orElse(0L) + 1));
                progress.map(CrlProgress::afterRevocation).ifPresent(changed -> shards.advance(shard, changed));
            } catch (IllegalArgumentException e) {
                intake.refuse(source, context(), "The event names no certificate: " + e.getMessage() + ".");
            }
        });
    }

    /// The shards of this partition, of the CAs that are there now: looked for again when there are others.
    private List<Own> own() {
        var now = new Known(lists.issuers().all(), lists.published().size());
        if (!now.equals(known)) {
            known = now;
            own = now.issuers().stream()
                    .flatMap(issuer -> lists.published().shards(issuer).stream()
                            .filter(shard -> shard.partition(RevocationTopology.SHARD_PARTITIONS)
                                    == context().taskId().partition())
                            .map(shard ->
                                    new Own(issuer, shard, lists.addresses().of(shard.issuerKeyId(), shard.number()))))
                    .toList();
        }
        return own;
    }

    private void tick(ShardStores shards) {
        if (!lists.published().complete()) {
            return;
        }
        var now = clock.instant();
        for (var each : own()) {
            // A CA that has expired needs no list: nor has any certificate of it.
            if (now.isBefore(each.issuer().certificateNotAfter())) {
                var progress = shards.progress(each.shard());
                var signed = lists.published().lastNumber(each.shard());
                if (due(each, progress, signed, shards, now)) {
                    prepare(each, lists.schedule().next(progress, signed, now), shards, now);
                    lists.unsigned().prepared(each.shard(), signed, now);
                }
            }
        }
    }

    private boolean due(Own each, Optional<CrlProgress> progress, long signed, ShardStores shards, Instant now) {
        var shard = each.shard();
        if (progress.isPresent() && progress.get().number() > signed) {
            var retry = lists.unsigned().retryDue(shard, signed, now);
            return retry || progress.get().changed();
        }
        lists.unsigned().end(shard);
        progress.ifPresent(last -> tidy(shard, last, shards));
        return renamed(each) || lists.schedule().due(shard.number(), progress, signed, now);
    }

    /// Whether the list that is served names itself otherwise than certificates do by now: then it counts for none of
    /// those.
    private boolean renamed(Own each) {
        return lists.published()
                .find(each.shard().complete())
                .filter(served -> !served.addresses().equals(each.addresses()))
                .isPresent();
    }

    /// Lets expired entries leave once a list is signed that still holds them. When a revocation has
    /// come since it was prepared, its entry may have expired and stand on no list yet: then the next
    /// list decides. Releases leave when no delta list has to say them.
    private void tidy(CrlShard shard, CrlProgress progress, ShardStores shards) {
        var signed = lists.published().find(shard.complete()).filter(list -> list.number() == progress.number());
        if (signed.isEmpty() || progress.changed() || progress.number() == tidied.getOrDefault(shard, 0L)) {
            return;
        }
        long base = progress.base().map(CrlProgress.Base::number).orElse(0L);
        shards.read(
                        shard,
                        revoked -> revoked.filter(certificate ->
                                        certificate.leavesAfter(signed.get().thisUpdate()) || certificate.isOver(base))
                                .toList())
                .forEach(certificate -> shards.remove(shard, certificate));
        tidied.put(shard, progress.number());
    }

    /// Prepares the complete list, and, once there is one to be relative to, the delta list of the same number (RFC
    /// 5280 section 5.2.3).
    private void prepare(Own own, CrlProgress next, ShardStores shards, Instant now) {
        var base = next.base();
        var freshest = base.flatMap(any ->
                lists.addresses().delta(own.shard().issuerKeyId(), own.shard().number()));
        prepare(own, own.shard().complete(), next, new CrlKind.Complete(freshest.orElse(null)), shards, now);
        if (freshest.isPresent()) {
            var kind = new CrlKind.Delta(base.get().number());
            prepare(own, own.shard().delta(), next, kind, shards, now);
        }
        shards.advance(own.shard(), next);
    }

    private void prepare(Own own, CrlName name, CrlProgress next, CrlKind kind, ShardStores shards, Instant now) {
        var head = new CrlHead(next.number(), CrlSchedule.thisUpdate(now), next.nextUpdate(), own.addresses(), kind);
        Predicate<RevokedCertificate> said = kind instanceof CrlKind.Delta(long base)
                ? certificate -> certificate.sinceNumber() > base
                : RevokedCertificate::standsOnCompleteLists;
        var tbsCertList = shards.read(
                own.shard(),
                revoked -> CrlPreparation.prepare(
                        own.issuer(),
                        head,
                        revoked.filter(said).map(RevokedCertificate::entry).iterator()));
        var prepared = CrlPrepared.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now)
                .setIssuerKeyId(name.issuerKeyId())
                .setShard(name.shard())
                .setCrlNumber(next.number())
                .setTbsCertList(ByteBuffer.wrap(tbsCertList.bytes()))
                .setBaseCrlNumber(kind instanceof CrlKind.Delta(long base) ? base : null)
                .build();
        context().forward(new Record<>(name.key(), new Emission(Topics.CRL_PREPARED, prepared), now.toEpochMilli()));
    }

    @Override
    public void close() {
        own.forEach(each -> lists.unsigned().end(each.shard()));
    }
}
