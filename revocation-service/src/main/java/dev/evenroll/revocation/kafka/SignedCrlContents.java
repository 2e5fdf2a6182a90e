package dev.evenroll.revocation.kafka;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CrlSigned;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `crl.signed`, offered for publication: every replica serves all lists. What may not be served is put aside.
///
/// When the session of its reader is lost, the lists already served stay served: each says itself until when it is
/// good, and an older one never takes the place of a newer one.
public final class SignedCrlContents implements TopicReplica.Contents, TopicReplica.Watch {

    private static final Logger LOG = LoggerFactory.getLogger(SignedCrlContents.class);

    private final Incoming<CrlSigned> incoming;
    private final PublishedCrls published;
    private final UnusableRecords unusable;

    public SignedCrlContents(String environment, PublishedCrls published, UnusableRecords unusable) {
        this.incoming = new Incoming<>(Codec.of(CrlSigned.class), environment, CrlSigned::getEnvironment, unusable);
        this.published = published;
        this.unusable = unusable;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> source) {
        incoming.read(source).ifPresent(event -> {
            try {
                offer(event);
            } catch (MalformedException e) {
                unusable.hostile(source, String.valueOf(e.getMessage()));
            }
        });
    }

    private void offer(CrlSigned event) throws MalformedException {
        var bytes = new byte[event.getCrl().remaining()];
        event.getCrl().duplicate().get(bytes);
        var name = new CrlName(event.getIssuerKeyId(), event.getShard(), event.getBaseCrlNumber() != null);
        published.offer(name, event.getCrlNumber(), Der.of(bytes));
        LOG.atInfo()
                .addKeyValue("list", name)
                .addKeyValue("crlNumber", event.getCrlNumber())
                .log("Serving a revocation list");
    }

    @Override
    public void knownAsOf(Instant moment) {
        published.markComplete();
    }

    @Override
    public void clear() {
        // The lists stay served.
    }

    @Override
    public void lost() {
        // What was complete once is complete: see above.
    }
}
