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
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Carries out orders to revoke. A revoked certificate stays as it is; an order for an unknown one is put
/// aside.
final class RevocationProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    private static final Codec<CertificateRevoked> REVOKED = Codec.of(CertificateRevoked.class);

    private final Intake<RevocationRequested> intake;
    private final String environment;
    private final ShardAddresses addresses;
    private final InstantSource clock;
    private final Counter revocations;
    private @Nullable KeyValueStore<String, byte[]> certificates;

    RevocationProcessor(
            Intake<RevocationRequested> intake,
            String environment,
            ShardAddresses addresses,
            InstantSource clock,
            Counter revocations) {
        this.intake = intake;
        this.environment = environment;
        this.addresses = addresses;
        this.clock = clock;
        this.revocations = revocations;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        certificates = context.getStateStore(RevocationTopology.CERTIFICATE_BY_ID);
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        intake.decode(source, context()).ifPresent(event -> {
            byte @Nullable [] known = RevocationTopology.opened(certificates).get(event.getCertificateId());
            if (!event.getCertificateId().equals(source.key())) {
                intake.refuse(
                        source,
                        context(),
                        "The record's key is not its certificate id " + event.getCertificateId() + ".");
            } else if (known == null) {
                intake.refuse(
                        source,
                        context(),
                        "No certificate with the id " + event.getCertificateId() + " is in the inventory.");
            } else if (Lives.decode(known) instanceof CertificateLife.Issued issued) {
                revoke(issued, event, source.timestamp());
            }
        });
    }

    private void revoke(CertificateLife.Issued issued, RevocationRequested event, long timestamp) {
        var order = new RevocationOrder(
                CertificateId.parse(event.getCertificateId()),
                Lives.reason(event.getReason()),
                event.getActor(),
                event.getOccurredAt());
        var revoked = issued.revoke(order, clock.instant());
        var key = event.getCertificateId();
        RevocationTopology.opened(certificates).put(key, Lives.encode(revoked, environment));
        revocations.increment();
        var status = Lives.status(revoked, environment);
        context().forward(new Record<>(key, new Emission(Topics.CERTIFICATE_STATUS, status), timestamp));
        var revocation = CertificateRevoked.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(revoked.revokedAt())
                .setCertificateId(key)
                .setDeviceId(revoked.certificate().deviceId())
                .setReason(event.getReason())
                .setActor(event.getActor())
                .setNotAfter(revoked.certificate().notAfter())
                .setShard(addresses.shardOf(
                        revoked.certificate().decoded(),
                        revoked.certificate().id().issuerKeyId()))
                .build();
        context().forward(new Record<>(key, new Emission(Topics.CERTIFICATE_REVOKED, revocation), timestamp));
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
