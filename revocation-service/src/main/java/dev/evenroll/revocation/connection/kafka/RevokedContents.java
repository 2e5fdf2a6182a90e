package dev.evenroll.revocation.connection.kafka;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.connection.WithdrawnCertificates;
import dev.evenroll.revocation.connection.WithdrawnCertificates.Withdrawal;
import dev.evenroll.revocation.kafka.TopicReplica;
import dev.evenroll.revocation.kafka.UnusableRecords;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.RevocationReason;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// `certificate.revoked`, as [WithdrawnCertificates].
///
/// A record that can not be used is put aside, and when its key names a certificate that counts as revoked: what can
/// not be checked is not trusted.
public final class RevokedContents implements TopicReplica.Contents {

    private static final Codec<CertificateRevoked> CODEC = Codec.of(CertificateRevoked.class);

    private final String environment;
    private final WithdrawnCertificates withdrawn;
    private final UnusableRecords unusable;

    public RevokedContents(String environment, WithdrawnCertificates withdrawn, UnusableRecords unusable) {
        this.environment = environment;
        this.withdrawn = withdrawn;
        this.unusable = unusable;
    }

    @Override
    public void clear() {
        withdrawn.clear();
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> source) {
        try {
            var event = CODEC.decode(source.value());
            if (!event.getEnvironment().equals(environment)) {
                unusable.foreign(source, "The revocation is of the environment " + event.getEnvironment() + ".");
                return;
            }
            take(CertificateId.parse(event.getCertificateId()), event.getReason(), source);
        } catch (UndecodableException | IllegalArgumentException e) {
            // IllegalArgumentException: the certificate id is none.
            revokeByKey(source.key());
            unusable.hostile(source, String.valueOf(e.getMessage()));
        }
    }

    private void take(CertificateId certificate, RevocationReason reason, ConsumerRecord<String, byte[]> source) {
        switch (reason) {
            case CERTIFICATE_HOLD -> withdrawn.put(certificate, Withdrawal.ON_HOLD);
            case REMOVE_FROM_CRL -> {
                if (!withdrawn.release(certificate)) {
                    unusable.hostile(source, "A certificate that is revoked for ever can not be released.");
                }
            }
            case UNSPECIFIED,
                    KEY_COMPROMISE,
                    AFFILIATION_CHANGED,
                    SUPERSEDED,
                    CESSATION_OF_OPERATION,
                    PRIVILEGE_WITHDRAWN -> withdrawn.put(certificate, Withdrawal.REVOKED);
        }
    }

    private void revokeByKey(@Nullable String key) {
        if (key == null) {
            return;
        }
        try {
            withdrawn.put(CertificateId.parse(key), Withdrawal.REVOKED);
        } catch (IllegalArgumentException _) {
            // The key names no certificate either: to put it aside is all that can be done.
        }
    }
}
