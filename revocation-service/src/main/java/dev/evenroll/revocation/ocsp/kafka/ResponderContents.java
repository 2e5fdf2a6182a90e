package dev.evenroll.revocation.ocsp.kafka;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.revocation.kafka.Incoming;
import dev.evenroll.revocation.kafka.TopicReplica;
import dev.evenroll.revocation.kafka.UnusableRecords;
import dev.evenroll.revocation.ocsp.Responders;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.ResponderIssued;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `responder.issued`, of which the responders of this replica take what is theirs. What may not be used is put aside.
///
/// When the session of its reader is lost, the certificates in use stay in use: each says itself until when it is good.
public final class ResponderContents implements TopicReplica.Contents, TopicReplica.Watch {

    private static final Logger LOG = LoggerFactory.getLogger(ResponderContents.class);

    private final Incoming<ResponderIssued> incoming;
    private final Responders responders;
    private final UnusableRecords unusable;
    private final InstantSource clock;

    public ResponderContents(String environment, Responders responders, UnusableRecords unusable, InstantSource clock) {
        this.clock = clock;
        this.incoming =
                new Incoming<>(Codec.of(ResponderIssued.class), environment, ResponderIssued::getEnvironment, unusable);
        this.responders = responders;
        this.unusable = unusable;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> source) {
        incoming.read(source)
                .filter(event -> event.getResponder().equals(responders.name()))
                .ifPresent(event -> {
                    try {
                        offer(event);
                    } catch (MalformedException e) {
                        unusable.hostile(source, String.valueOf(e.getMessage()));
                    }
                });
    }

    private void offer(ResponderIssued event) throws MalformedException {
        var bytes = new byte[event.getCertificate().remaining()];
        event.getCertificate().duplicate().get(bytes);
        switch (responders.offer(event.getIssuerKeyId(), Certificates.decode(Der.of(bytes)), clock.instant())) {
            case TAKEN ->
                LOG.atInfo()
                        .addKeyValue("responder", event.getResponder())
                        .addKeyValue("issuerKeyId", event.getIssuerKeyId())
                        .addKeyValue("notAfter", event.getNotAfter())
                        .log("The OCSP responder has a certificate");
            case NOT_VALID_NOW ->
                LOG.atWarn()
                        .addKeyValue("responder", event.getResponder())
                        .addKeyValue("notBefore", event.getNotBefore())
                        .addKeyValue("notAfter", event.getNotAfter())
                        .log("The certificate for the OCSP responder is not valid now;"
                                + " compare the clocks of this machine and of the issuer");
            case NOT_OURS -> {}
        }
    }

    @Override
    public void knownAsOf(Instant moment) {
        // Nobody waits for all of it.
    }

    @Override
    public void clear() {
        // See above.
    }

    @Override
    public void lost() {
        // See above.
    }
}
