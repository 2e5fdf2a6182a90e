package dev.evenroll.revocation.streams;

import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.RevocationOrder;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Carries out orders to revoke, hold and release. A revoked certificate stays as it is; an order for an unknown one is
/// put aside.
final class RevocationProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    private static final Codec<CertificateRevoked> REVOKED = Codec.of(CertificateRevoked.class);

    private final Intake<RevocationRequested> intake;
    private final String environment;
    private final ShardAddresses addresses;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private @Nullable CertificateTask task;

    RevocationProcessor(
            Intake<RevocationRequested> intake,
            String environment,
            ShardAddresses addresses,
            InstantSource clock,
            MeterRegistry metrics) {
        this.intake = intake;
        this.environment = environment;
        this.addresses = addresses;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        task = new CertificateTask(context, environment);
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        intake.decode(source, context()).ifPresent(event -> {
            if (!event.getCertificateId().equals(source.key())) {
                intake.refuse(
                        source,
                        context(),
                        "The record's key is not its certificate id " + event.getCertificateId() + ".");
                return;
            }
            var known = RevocationTopology.opened(task).find(event.getCertificateId());
            if (known.isEmpty()) {
                intake.refuse(
                        source,
                        context(),
                        "No certificate with the id " + event.getCertificateId() + " is in the inventory.");
                return;
            }
            var order = new RevocationOrder(
                    CertificateId.parse(event.getCertificateId()),
                    Lives.reason(event.getReason()),
                    event.getActor(),
                    event.getOccurredAt(),
                    event.getCause());
            known.flatMap(life -> life.carryOut(order, clock.instant()))
                    .ifPresent(changed -> tell(changed, order, source.timestamp()));
        });
    }

    private void tell(CertificateLife changed, RevocationOrder order, long timestamp) {
        var certificates = RevocationTopology.opened(task);
        certificates.put(changed, timestamp);
        certificates.tellDevice(changed, Optional.empty(), order.kind() == RevocationOrder.Kind.RELEASE, timestamp);
        count(order);
        var certificate = changed.certificate();
        var event = CertificateRevoked.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(at(changed))
                .setCertificateId(certificate.id().value())
                .setDeviceId(certificate.deviceId())
                .setReason(Lives.reason(order.reason()))
                .setActor(order.actor())
                .setNotAfter(certificate.notAfter())
                .setShard(addresses.shardOf(
                        certificate.decoded(), certificate.id().issuerKeyId()))
                .build();
        certificates.forward(certificate.id().value(), new Emission(Topics.CERTIFICATE_REVOKED, event), timestamp);
    }

    private Instant at(CertificateLife changed) {
        return switch (changed) {
            case CertificateLife.Revoked revoked -> revoked.revokedAt();
            case CertificateLife.OnHold held -> held.heldAt();
            case CertificateLife.InService _, CertificateLife.Expired _ -> clock.instant();
        };
    }

    private void count(RevocationOrder order) {
        switch (order.kind()) {
            case REVOKE -> {
                metrics.counter("evenroll.certificates", "state", "revoked").increment();
                metrics.counter("evenroll.revocations", "reason", order.reason().text())
                        .increment();
            }
            case HOLD ->
                metrics.counter("evenroll.certificates", "state", "on_hold").increment();
            case RELEASE ->
                metrics.counter("evenroll.certificates", "state", "released").increment();
        }
    }

    /// The shard that a revocation of this processor is of.
    static CrlShard shard(byte[] certificateRevoked) {
        try {
            var event = REVOKED.decode(certificateRevoked);
            return new CrlShard(CertificateId.parse(event.getCertificateId()).issuerKeyId(), event.getShard());
        } catch (UndecodableException e) {
            throw new IllegalStateException("what was encoded here a moment ago can not be decoded", e);
        }
    }
}
