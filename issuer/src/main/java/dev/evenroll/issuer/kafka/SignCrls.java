package dev.evenroll.issuer.kafka;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.issuer.crl.CrlAdmission;
import dev.evenroll.issuer.crl.CrlCandidate;
import dev.evenroll.issuer.crl.CrlIssuer;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.Der;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Signs revocation lists, on Kafka: `crl.prepared` becomes `crl.signed`.
public final class SignCrls {

    private static final Codec<CrlPrepared> PREPARED = Codec.of(CrlPrepared.class);

    private final String environment;
    private final CrlIssuer issuer;
    private final SignedCrlNumbers committed;
    private final FaultReports faults;
    private final InstantSource clock;
    private final PutAside aside;
    private final Map<String, Uncommitted> uncommitted = new HashMap<>();

    /// A list that this loop has signed, in a transaction that may or may not have been committed by now.
    private record Uncommitted(long sourceOffset, long crlNumber) {}

    private SignCrls(
            String environment,
            CrlIssuer issuer,
            SignedCrlNumbers committed,
            FaultReports faults,
            InstantSource clock) {
        this.environment = environment;
        this.issuer = issuer;
        this.committed = committed;
        this.faults = faults;
        this.clock = clock;
        this.aside = new PutAside(environment, clock);
    }

    /// The transformation of the loop.
    ///
    /// @param committed the numbers on `crl.signed`
    public static Transformation of(
            String environment,
            CrlIssuer issuer,
            SignedCrlNumbers committed,
            FaultReports faults,
            InstantSource clock) {
        var step = new SignCrls(environment, issuer, committed, faults, clock);
        return new Gate<>(PREPARED, environment, CrlPrepared::getEnvironment, SignCrls::key, step.aside, step::sign);
    }

    private static String key(CrlPrepared event) {
        return candidate(event).name().key();
    }

    private static CrlCandidate candidate(CrlPrepared event) {
        var base = event.getBaseCrlNumber();
        return new CrlCandidate(
                event.getIssuerKeyId(),
                event.getShard(),
                event.getCrlNumber(),
                base == null ? OptionalLong.empty() : OptionalLong.of(base),
                Bytes.der(event.getTbsCertList()));
    }

    private List<ProducerRecord<String, byte[]>> sign(ConsumerRecord<String, byte[]> source, CrlPrepared event)
            throws FaultException {
        return switch (issuer.admit(candidate(event), lastSigned(source, key(event)))) {
            case CrlAdmission.Admitted admitted -> signed(source, event, admitted);
            case CrlAdmission.Stale(String reason) -> List.of(aside.deadLetter(source, reason));
            case CrlAdmission.Rejected rejected -> aside.hostile(source, Findings.inOneSentence(rejected.failures()));
        };
    }

    /// The last number of a shard: of what is committed, and of what this loop has signed since.
    private OptionalLong lastSigned(ConsumerRecord<String, byte[]> source, String key) throws FaultException {
        var last = committed.lastOf(key);
        var ours = uncommitted.get(key);
        // Read again, or an earlier record: the transaction was aborted, and what it signed nobody has seen.
        if (ours != null && source.offset() <= ours.sourceOffset()) {
            uncommitted.remove(key);
            return last;
        }
        return ours == null ? last : OptionalLong.of(Math.max(ours.crlNumber(), last.orElse(Long.MIN_VALUE)));
    }

    private List<ProducerRecord<String, byte[]>> signed(
            ConsumerRecord<String, byte[]> source, CrlPrepared event, CrlAdmission.Admitted admitted)
            throws FaultException {
        Der crl;
        try {
            crl = issuer.issue(admitted);
        } catch (SigningFaultException e) {
            throw faults.report(event.getIssuerKeyId(), e);
        }
        uncommitted.put(key(event), new Uncommitted(source.offset(), event.getCrlNumber()));
        var signed = CrlSigned.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setIssuerKeyId(event.getIssuerKeyId())
                .setShard(event.getShard())
                .setCrlNumber(event.getCrlNumber())
                .setCrl(Bytes.buffer(crl))
                .setBaseCrlNumber(event.getBaseCrlNumber())
                .build();
        return List.of(Outgoing.to(Topics.CRL_SIGNED, environment, key(event), signed));
    }
}
