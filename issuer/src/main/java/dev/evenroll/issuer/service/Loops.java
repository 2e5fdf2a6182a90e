package dev.evenroll.issuer.service;

import dev.evenroll.issuer.kafka.Counted;
import dev.evenroll.issuer.kafka.FaultReports;
import dev.evenroll.issuer.kafka.PrepareCertificates;
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
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;

/// The three loops of the issuer, by name: what each reads and which step it does.
final class Loops {

    private final KafkaSettings kafka;
    private final MeterRegistry metrics;
    private final InstantSource clock;

    Loops(KafkaSettings kafka, MeterRegistry metrics, InstantSource clock) {
        this.kafka = kafka;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Makes the loops of a CA; none is started.
    ///
    /// @param reports producer of fault reports
    Map<String, TransactionalLoop> of(Authority authority, Producer<String, byte[]> reports) {
        var environment = kafka.environment();
        var faults = new FaultReports(environment, authority.name(), reports, clock);
        var signedCrls = new SignedCrlTopic(environment, () -> new KafkaConsumer<>(kafka.reader()));

        var prepare =
                PrepareCertificates.of(environment, authority.certificate().keyId(), authority.preparer(), clock);
        var sign = SignCertificates.of(environment, authority.issuer(), faults, clock);
        var signCrl = SignCrls.of(environment, authority.crlIssuer(), signedCrls, faults, clock);

        var loops = new LinkedHashMap<String, TransactionalLoop>();
        var prepared = Progress.toldBy(kafka, Topics.CERTIFICATE_PREPARED, Topics.ISSUANCE_REFUSED);
        var signed = Progress.toldBy(kafka, Topics.CERTIFICATE_ISSUED, Topics.ISSUANCE_REFUSED);
        loops.put("prepare", loop("prepare", Topics.ENROLLMENT_AUTHORIZED, prepared, prepare));
        loops.put("sign", loop("sign", Topics.CERTIFICATE_PREPARED, signed, sign));
        // A list that was signed is known by its number.
        loops.put("sign-crl", loop("sign-crl", Topics.CRL_PREPARED, Progress.UNTOLD, signCrl));
        return loops;
    }

    private TransactionalLoop loop(String name, Topic source, Progress progress, Transformation transformation) {
        return new TransactionalLoop(
                kafka,
                name,
                Pace.WAITED_FOR,
                List.of(source),
                progress,
                new Counted(transformation, kafka.environment(), metrics),
                new DeadLetters(Principal.ISSUER, kafka.environment(), clock),
                metrics);
    }
}
