package dev.evenroll.issuer.kafka;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.issuer.issuance.Admission;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.PreparedEnrollment;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Step 5 of the enrollment cycle, on Kafka: `certificate.prepared` becomes `certificate.issued` and the
/// outcome where somebody waits for it, in one transaction. What an OCSP responder asked for becomes
/// `responder.issued`.
///
/// Only committed records are read, so the key never signs what is not durable. When a process dies after signing and
/// before the commit, the same bytes are signed again, under the same serial number.
public final class SignCertificates {

    private static final Codec<CertificatePrepared> PREPARED = Codec.of(CertificatePrepared.class);

    private final String environment;
    private final CertificateIssuer issuer;
    private final FaultReports faults;
    private final InstantSource clock;
    private final PutAside aside;
    private final Outcomes outcomes;

    private SignCertificates(String environment, CertificateIssuer issuer, FaultReports faults, InstantSource clock) {
        this.environment = environment;
        this.issuer = issuer;
        this.faults = faults;
        this.clock = clock;
        this.aside = new PutAside(environment, clock);
        this.outcomes = new Outcomes(environment, clock, aside);
    }

    /// The transformation of the loop.
    public static Transformation of(
            String environment, CertificateIssuer issuer, FaultReports faults, InstantSource clock) {
        var step = new SignCertificates(environment, issuer, faults, clock);
        return new Gate<>(
                PREPARED,
                environment,
                CertificatePrepared::getEnvironment,
                CertificatePrepared::getDeviceId,
                step.aside,
                step::sign);
    }

    private List<ProducerRecord<String, byte[]>> sign(ConsumerRecord<String, byte[]> source, CertificatePrepared event)
            throws FaultException {
        if (event.getForResponder() && ResponderAge.isOver(event.getOccurredAt(), clock.instant())) {
            return List.of(aside.deadLetter(source, ResponderAge.SENTENCE));
        }
        var prepared = new PreparedEnrollment(
                event.getDeviceId(),
                event.getProfile(),
                event.getIssuerKeyId(),
                event.getSerialNumber(),
                Bytes.der(event.getTbsCertificate()),
                Assurances.of(event.getAssurance()),
                event.getForResponder());
        return switch (issuer.admit(prepared)) {
            case Admission.Admitted admitted -> issued(source, event, admitted);
            case Admission.Postponed(String reason) -> throw new FaultException(reason);
            case Admission.Abandoned(var failures) -> abandoned(source, event, failures);
            case Admission.Rejected rejected -> rejected(source, event, rejected.failures());
        };
    }

    private List<ProducerRecord<String, byte[]>> issued(
            ConsumerRecord<String, byte[]> source, CertificatePrepared event, Admission.Admitted admitted)
            throws FaultException {
        Der certificate;
        try {
            certificate = issuer.issue(admitted);
        } catch (SigningFaultException e) {
            throw faults.report(event.getIssuerKeyId(), e);
        }
        return event.getForResponder()
                ? List.of(responder(event, admitted, certificate))
                : enrolled(source, event, admitted, certificate);
    }

    /// Not on `certificate.issued`: no enrollment waits for it, and it is in no inventory, since nobody can revoke it.
    private ProducerRecord<String, byte[]> responder(
            CertificatePrepared event, Admission.Admitted admitted, Der certificate) {
        var issued = ResponderIssued.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setResponder(event.getDeviceId())
                .setProfile(event.getProfile())
                .setIssuerKeyId(event.getIssuerKeyId())
                .setSerialNumber(event.getSerialNumber())
                .setNotBefore(admitted.notBefore())
                .setNotAfter(admitted.notAfter())
                .setCertificate(Bytes.buffer(certificate))
                .build();
        var key = event.getIssuerKeyId() + "-" + event.getDeviceId();
        return Outgoing.to(Topics.RESPONDER_ISSUED, environment, key, issued);
    }

    private List<ProducerRecord<String, byte[]>> enrolled(
            ConsumerRecord<String, byte[]> source,
            CertificatePrepared event,
            Admission.Admitted admitted,
            Der certificate) {
        var issued = CertificateIssued.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(event.getEnrollmentId())
                .setDeviceId(event.getDeviceId())
                .setProfile(event.getProfile())
                .setIssuerKeyId(event.getIssuerKeyId())
                .setSerialNumber(event.getSerialNumber())
                .setNotBefore(admitted.notBefore())
                .setNotAfter(admitted.notAfter())
                .setCertificate(Bytes.buffer(certificate))
                .setReplyPartition(event.getReplyPartition())
                .setAcceptance(event.getAcceptance())
                .build();
        return Stream.concat(
                        Stream.of(Outgoing.to(Topics.CERTIFICATE_ISSUED, environment, event.getDeviceId(), issued)),
                        outcomes.issued(source, enrollment(event), certificate).stream())
                .toList();
    }

    /// The enrollment is closed as refused too: else its device could never enroll again.
    private List<ProducerRecord<String, byte[]>> rejected(
            ConsumerRecord<String, byte[]> source, CertificatePrepared event, List<Failure> failures) {
        return Stream.concat(
                        aside.hostile(source, Findings.inOneSentence(failures)).stream(),
                        closed(source, event, failures))
                .toList();
    }

    /// Nobody is to blame, and the SOC has been told of a lost key: only the enrollment is closed.
    private List<ProducerRecord<String, byte[]>> abandoned(
            ConsumerRecord<String, byte[]> source, CertificatePrepared event, List<Failure> failures) {
        return Stream.concat(
                        Stream.of(aside.deadLetter(source, Findings.inOneSentence(failures))),
                        closed(source, event, failures))
                .toList();
    }

    /// A responder waits for no outcome: it asks again.
    private Stream<ProducerRecord<String, byte[]>> closed(
            ConsumerRecord<String, byte[]> source, CertificatePrepared event, List<Failure> failures) {
        return event.getForResponder()
                ? Stream.empty()
                : outcomes.refused(source, enrollment(event), failures).stream();
    }

    private static Outcomes.Enrollment enrollment(CertificatePrepared event) {
        return new Outcomes.Enrollment(
                event.getEnrollmentId(), event.getDeviceId(), event.getAcceptance(), event.getReplyPartition());
    }
}
