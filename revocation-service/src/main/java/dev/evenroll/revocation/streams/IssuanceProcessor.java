package dev.evenroll.revocation.streams;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.topic.Topics;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Sends each issued certificate to the partition of its id. Step 7 of the enrollment cycle, first half.
///
/// What is not a certificate of one of our CAs, or not the one that the event speaks of, is put aside here.
final class IssuanceProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    private final Intake<CertificateIssued> intake;
    private final Issuers issuers;

    IssuanceProcessor(Intake<CertificateIssued> intake, Issuers issuers) {
        this.intake = intake;
        this.issuers = issuers;
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        intake.decode(source, context()).ifPresent(event -> {
            try {
                var certificate = Issuances.certificate(event);
                require(certificate);
                context()
                        .forward(new Record<>(
                                certificate.id().value(),
                                new Emission(Topics.CERTIFICATE_ISSUED, event),
                                source.timestamp()));
            } catch (MalformedException | IllegalArgumentException e) {
                intake.refuse(source, context(), "The event is not consistent: " + e.getMessage() + ".");
            }
        });
    }

    private void require(IssuedCertificate certificate) throws MalformedException {
        if (issuers.ofKeyId(certificate.id().issuerKeyId()).isEmpty()) {
            throw new MalformedException(
                    "issuerKeyId",
                    "is " + certificate.id().issuerKeyId() + ", but the CAs of evenroll.ca.directory have "
                            + issuers.all().stream()
                                    .map(IssuingCertificate::keyId)
                                    .toList());
        }
        certificate.requireConsistent();
    }
}
