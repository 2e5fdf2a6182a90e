package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Enters issued certificates in the inventory. Step 7 of the enrollment cycle, second half.
///
/// The same issuance again changes nothing, whatever has become of the certificate since.
final class EntryProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    private final Intake<CertificateIssued> intake;
    private final String environment;
    private final Counter issued;
    private @Nullable KeyValueStore<String, byte[]> certificates;

    EntryProcessor(Intake<CertificateIssued> intake, String environment, Counter issued) {
        this.intake = intake;
        this.environment = environment;
        this.issued = issued;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        certificates = context.getStateStore(RevocationTopology.CERTIFICATE_BY_ID);
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        var store = RevocationTopology.opened(certificates);
        intake.decode(source, context()).ifPresent(event -> {
            var certificate = Issuances.certificate(event);
            var key = certificate.id().value();
            byte @Nullable [] known = store.get(key);
            if (known == null) {
                var life = new CertificateLife.Issued(certificate, event.getOccurredAt());
                store.put(key, Lives.encode(life, environment));
                issued.increment();
                context()
                        .forward(new Record<>(
                                key,
                                new Emission(Topics.CERTIFICATE_STATUS, Lives.status(life, environment)),
                                source.timestamp()));
            } else if (!Lives.decode(known).certificate().der().equals(certificate.der())) {
                intake.refuse(source, context(), "Another certificate with the id " + key + " is in the inventory.");
            }
        });
    }
}
