package dev.evenroll.issuer.kafka;

import dev.evenroll.issuer.issuance.AuthorizedEnrollment;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Preparation;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Step 4 of the enrollment cycle, on Kafka: `enrollment.authorized` becomes `certificate.prepared`, or
/// `issuance.refused` and the outcome.
///
/// The serial number is drawn here. When the transaction does not commit, nobody ever sees what was prepared; when it
/// does, every later attempt to sign reads these very bytes.
public final class PrepareCertificates {

    private static final Codec<EnrollmentAuthorized> AUTHORIZED = Codec.of(EnrollmentAuthorized.class);

    private final String environment;
    private final CertificatePreparer preparer;
    private final InstantSource clock;
    private final PutAside aside;
    private final Outcomes outcomes;

    private PrepareCertificates(String environment, CertificatePreparer preparer, InstantSource clock) {
        this.environment = environment;
        this.preparer = preparer;
        this.clock = clock;
        this.aside = new PutAside(environment, clock);
        this.outcomes = new Outcomes(environment, clock, aside);
    }

    /// The transformation of the loop.
    public static Transformation of(String environment, CertificatePreparer preparer, InstantSource clock) {
        var step = new PrepareCertificates(environment, preparer, clock);
        return new Gate<>(
                AUTHORIZED,
                environment,
                EnrollmentAuthorized::getEnvironment,
                EnrollmentAuthorized::getDeviceId,
                step.aside,
                step::prepare);
    }

    private List<ProducerRecord<String, byte[]>> prepare(
            ConsumerRecord<String, byte[]> source, EnrollmentAuthorized event) throws FaultException {
        if (!isEnrollmentId(event.getEnrollmentId())) {
            return aside.hostile(
                    source, "enrollmentId: must be 64 lower-case hexadecimal digits; find out who wrote the record.");
        }
        var authorized = new AuthorizedEnrollment(
                event.getDeviceId(),
                event.getProfile(),
                event.getOrganization(),
                Bytes.der(event.getSubjectPublicKeyInfo()),
                Assurances.of(event.getAssurance()));
        return switch (preparer.prepare(authorized)) {
            case Preparation.Prepared(PreparedCertificate certificate, String issuerKeyId, var _) ->
                List.of(prepared(event, certificate, issuerKeyId));
            case Preparation.Postponed(String reason) -> throw new FaultException(reason);
            case Preparation.Refused refused -> outcomes.refused(source, enrollment(event), refused.failures());
        };
    }

    private static boolean isEnrollmentId(String text) {
        try {
            return !new EnrollmentId(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private ProducerRecord<String, byte[]> prepared(
            EnrollmentAuthorized event, PreparedCertificate certificate, String issuerKeyId) {
        var prepared = CertificatePrepared.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(event.getEnrollmentId())
                .setDeviceId(event.getDeviceId())
                .setProfile(event.getProfile())
                .setIssuerKeyId(issuerKeyId)
                .setSerialNumber(certificate.serialNumber().hex())
                .setTbsCertificate(Bytes.buffer(certificate.tbsCertificate()))
                .setReplyPartition(event.getReplyPartition())
                .setAcceptance(event.getAcceptance())
                .setAssurance(Assurances.event(Assurances.of(event.getAssurance())))
                .build();
        return Outgoing.to(Topics.CERTIFICATE_PREPARED, environment, event.getDeviceId(), prepared);
    }

    private static Outcomes.Enrollment enrollment(EnrollmentAuthorized event) {
        return new Outcomes.Enrollment(
                event.getEnrollmentId(), event.getDeviceId(), event.getAcceptance(), event.getReplyPartition());
    }
}
