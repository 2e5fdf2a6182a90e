package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.CertificateIssued;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Enters issued certificates in the inventory. Step 7 of the enrollment cycle, second half.
///
/// The same issuance again changes nothing, whatever has become of the certificate since.
final class EntryProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    private final Intake<CertificateIssued> intake;
    private final String environment;
    private final Counter issued;
    private @Nullable CertificateTask task;

    EntryProcessor(Intake<CertificateIssued> intake, String environment, Counter issued) {
        this.intake = intake;
        this.environment = environment;
        this.issued = issued;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        var opened = new CertificateTask(context, environment);
        task = opened;
        FormerEntries.tell(context, opened);
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        var certificates = RevocationTopology.opened(task);
        intake.decode(source, context()).ifPresent(event -> {
            var certificate = Issuances.certificate(event);
            var known = certificates.find(certificate.id().value());
            if (known.isEmpty()) {
                var life = new CertificateLife.Issued(certificate, event.getOccurredAt());
                issued.increment();
                certificates.put(life, source.timestamp());
                certificates.tellDevice(
                        life,
                        Optional.ofNullable(event.getAcceptance()).map(Acceptance::getLife),
                        false,
                        source.timestamp());
            } else if (!known.get().certificate().der().equals(certificate.der())) {
                intake.refuse(
                        source,
                        context(),
                        "Another certificate with the id " + certificate.id() + " is in the inventory.");
            }
        });
    }
}
