package dev.evenroll.issuer.service;

import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.crl.CrlIssuer;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.kafka.Counted;
import dev.evenroll.issuer.kafka.FaultReports;
import dev.evenroll.issuer.kafka.PrepareCertificates;
import dev.evenroll.issuer.kafka.PrepareResponders;
import dev.evenroll.issuer.kafka.SignCertificates;
import dev.evenroll.issuer.kafka.SignCrls;
import dev.evenroll.issuer.kafka.SignedCrlTopic;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.loop.Pace;
import dev.evenroll.kafka.loop.Progress;
import dev.evenroll.kafka.loop.TransactionalLoop;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// The four loops of the issuer, by name: what each reads and which step it does.
final class Loops {

    /// Others write decisions, so few are unpacked at a time: their thief can make a batch of a few KB that becomes a
    /// hundred records as large as the topic allows.
    static final Pace DECISIONS = Pace.WAITED_FOR.unpacking(10);

    /// The same of lists, which are larger, and take seconds to be linted when they are long: several in a transaction
    /// could outlast it again and again.
    static final Pace LISTS = Pace.ONE_BY_ONE;

    private final KafkaSettings kafka;
    private final MeterRegistry metrics;
    private final InstantSource clock;

    Loops(KafkaSettings kafka, MeterRegistry metrics, InstantSource clock) {
        this.kafka = kafka;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Makes the loops; none is started.
    ///
    /// @param signatures so many are asked for at a time
    Map<String, TransactionalLoop> of(Authorities authorities, int signatures, Profiles profiles, FaultReports faults) {
        var environment = kafka.environment();
        var signedCrls = new SignedCrlTopic(environment, () -> new KafkaConsumer<>(kafka.reader()));

        var preparer = new CertificatePreparer(authorities, profiles, new SecureRandom(), clock);
        var prepare = PrepareCertificates.of(environment, preparer, clock);
        var prepareResponder = PrepareResponders.of(environment, preparer, clock);
        var issuer = new CertificateIssuer(authorities, profiles, clock);
        var sign = SignCertificates.of(environment, issuer, faults, clock);
        var signCrl = SignCrls.of(
                environment, new CrlIssuer(authorities, profiles.shardAddresses(), clock), signedCrls, faults, clock);

        var loops = new LinkedHashMap<String, TransactionalLoop>();
        var prepared = Progress.toldBy(kafka, Topics.CERTIFICATE_PREPARED, Topics.ISSUANCE_REFUSED);
        var signed = Progress.toldBy(kafka, Topics.CERTIFICATE_ISSUED, Topics.ISSUANCE_REFUSED);
        loops.put("prepare", loop("prepare", Topics.ENROLLMENT_AUTHORIZED, DECISIONS, 1, prepared, prepare));
        // A request is soon too old, so one that is read again is not prepared again.
        loops.put(
                "prepare-responder",
                loop("prepare-responder", Topics.RESPONDER_REQUESTED, DECISIONS, 1, Progress.UNTOLD, prepareResponder));
        loops.put(
                "sign",
                loop("sign", Topics.CERTIFICATE_PREPARED, Pace.waitedFor(signatures), signatures, signed, sign));
        // A list that was signed is known by its number, and those of a shard are counted by one thread.
        loops.put("sign-crl", loop("sign-crl", Topics.CRL_PREPARED, LISTS, 1, Progress.UNTOLD, signCrl));
        return loops;
    }

    private TransactionalLoop loop(
            String name, Topic source, Pace pace, int parallelism, Progress progress, Transformation transformation) {
        return new TransactionalLoop(
                kafka,
                name,
                pace,
                parallelism,
                List.of(source),
                progress,
                new Counted(transformation, kafka.environment(), metrics),
                new DeadLetters(Principal.ISSUER, kafka.environment(), clock),
                metrics);
    }
}
