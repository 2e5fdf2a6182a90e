package dev.evenroll.issuer.kafka;

import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Preparation;
import dev.evenroll.issuer.issuance.RequestedResponder;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.ResponderRequested;
import dev.evenroll.schemas.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates of OCSP responders, on Kafka: `responder.requested` becomes `certificate.prepared`.
///
/// revocation-service says for which CA, and what its key is. Everything else is the profile's and the CA's: who has
/// taken over that service gets a certificate that speaks about revocation, and no other
/// (docs/adr/0035-the-ca-certifies-its-responders-by-itself.md).
public final class PrepareResponders {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareResponders.class);
    private static final Codec<ResponderRequested> REQUESTED = Codec.of(ResponderRequested.class);
    private static final int NOBODY_WAITS = -1;
    /// Enough for every replica and CA of a large installation to start at once; a thief of revocation-service takes no
    /// more signatures from devices.
    private static final int MOST_IN_A_MINUTE = 60;

    private final String environment;
    private final CertificatePreparer preparer;
    private final InstantSource clock;
    private final PutAside aside;
    private Instant minute = Instant.MIN;
    private int inThisMinute;

    private PrepareResponders(String environment, CertificatePreparer preparer, InstantSource clock) {
        this.environment = environment;
        this.preparer = preparer;
        this.clock = clock;
        this.aside = new PutAside(environment, clock);
    }

    /// The transformation of the loop.
    public static Transformation of(String environment, CertificatePreparer preparer, InstantSource clock) {
        var step = new PrepareResponders(environment, preparer, clock);
        return new Gate<>(
                REQUESTED,
                environment,
                ResponderRequested::getEnvironment,
                ResponderRequested::getResponder,
                step.aside,
                step::prepare);
    }

    private List<ProducerRecord<String, byte[]>> prepare(
            ConsumerRecord<String, byte[]> source, ResponderRequested event) {
        var now = clock.instant();
        if (ResponderAge.isOver(event.getOccurredAt(), now)) {
            LOG.atDebug().addKeyValue("responder", event.getResponder()).log(ResponderAge.SENTENCE);
            return List.of();
        }
        if (!isOneOfFew(now)) {
            return List.of(aside.deadLetter(
                    source,
                    "More than " + MOST_IN_A_MINUTE + " responders ask for certificates in a minute; find out whether"
                            + " revocation-service asks, or somebody in its place."));
        }
        CertificationRequest request;
        try {
            request = CertificationRequest.decode(Bytes.der(event.getCertificationRequest()));
        } catch (MalformedException e) {
            return aside.hostile(source, "certificationRequest: " + e.getMessage());
        }
        Optional<String> problem = RequestedResponder.problemWith(event.getResponder())
                .or(() -> request.possessionProblem().map(Failure::message));
        if (problem.isPresent()) {
            return aside.hostile(source, problem.get() + "; find out who wrote the record.");
        }
        var requested =
                new RequestedResponder(event.getResponder(), event.getIssuerKeyId(), request.subjectPublicKeyInfo());
        return switch (preparer.prepare(requested)) {
            case Preparation.Prepared prepared -> List.of(prepared(event, prepared, request));
            case Preparation.Postponed(String reason) -> List.of(refused(source, event, reason));
            case Preparation.Refused(var failures) -> List.of(refused(source, event, Findings.inOneSentence(failures)));
        };
    }

    /// One thread prepares for all responders.
    private boolean isOneOfFew(Instant now) {
        var present = now.truncatedTo(ChronoUnit.MINUTES);
        if (!present.equals(minute)) {
            minute = present;
            inThisMinute = 0;
        }
        inThisMinute++;
        return inThisMinute <= MOST_IN_A_MINUTE;
    }

    private ProducerRecord<String, byte[]> refused(
            ConsumerRecord<String, byte[]> source, ResponderRequested event, String reason) {
        LOG.atWarn()
                .addKeyValue("responder", event.getResponder())
                .addKeyValue("reason", reason)
                .log("No certificate for an OCSP responder; it asks again by itself");
        return aside.deadLetter(source, reason);
    }

    private ProducerRecord<String, byte[]> prepared(
            ResponderRequested event, Preparation.Prepared preparation, CertificationRequest request) {
        var certificate = preparation.certificate();
        var prepared = CertificatePrepared.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(request.der().sha256Hex())
                .setDeviceId(event.getResponder())
                .setProfile(preparation.profile())
                .setIssuerKeyId(preparation.issuerKeyId())
                .setSerialNumber(certificate.serialNumber().hex())
                .setTbsCertificate(Bytes.buffer(certificate.tbsCertificate()))
                .setReplyPartition(NOBODY_WAITS)
                .setAssurance(Assurances.event(Assurance.SOFTWARE_KEY))
                .setForResponder(true)
                .build();
        return Outgoing.to(Topics.CERTIFICATE_PREPARED, environment, event.getResponder(), prepared);
    }
}
