package dev.evenroll.revocation.streams;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.RevocationReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;

/// A certificate's life between the domain and its record: the value of the store `certificate-by-id` and
/// of the topic `certificate.status` alike.
final class Lives {

    private static final Codec<CertificateStatus> CODEC = Codec.of(CertificateStatus.class);

    private Lives() {}

    static CertificateStatus status(CertificateLife life, String environment) {
        var certificate = life.certificate();
        var status = CertificateStatus.newBuilder()
                .setEnvironment(environment)
                .setCertificateId(certificate.id().value())
                .setDeviceId(certificate.deviceId())
                .setEnrollmentId(certificate.enrollmentId())
                .setNotBefore(certificate.notBefore())
                .setNotAfter(certificate.notAfter())
                .setCertificate(ByteBuffer.wrap(certificate.der().bytes()));
        return switch (life) {
            case CertificateLife.Issued issued ->
                status.setState(CertificateState.ISSUED)
                        .setOccurredAt(issued.issuedAt())
                        .build();
            case CertificateLife.Revoked revoked ->
                status.setState(CertificateState.REVOKED)
                        .setOccurredAt(revoked.revokedAt())
                        .setRevokedAt(revoked.revokedAt())
                        .setReason(reason(revoked.reason()))
                        .build();
        };
    }

    static byte[] encode(CertificateLife life, String environment) {
        return CODEC.encode(status(life, environment));
    }

    /// What [#encode] wrote into the store.
    ///
    /// @throws IllegalStateException when the store holds something else: nobody but this service writes it
    static CertificateLife decode(byte[] stored) {
        try {
            return life(CODEC.decode(stored));
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "The store certificate-by-id holds a record that this version can not read. Run the version that"
                            + " wrote it, or a newer one.",
                    e);
        }
    }

    private static CertificateLife life(CertificateStatus status) {
        var certificate = new IssuedCertificate(
                CertificateId.parse(status.getCertificateId()),
                status.getDeviceId(),
                status.getEnrollmentId(),
                status.getNotBefore(),
                status.getNotAfter(),
                Issuances.der(status.getCertificate()));
        return switch (status.getState()) {
            case ISSUED -> new CertificateLife.Issued(certificate, status.getOccurredAt());
            case REVOKED ->
                new CertificateLife.Revoked(certificate, revokedAt(status), reason(required(status.getReason())));
            case UNKNOWN ->
                throw new IllegalStateException(
                        "Certificate " + status.getCertificateId()
                                + " is in a state that this version does not know. Run the version that wrote it, or a newer one.");
        };
    }

    private static Instant revokedAt(CertificateStatus status) {
        return required(status.getRevokedAt());
    }

    private static <V> V required(V value) {
        return Objects.requireNonNull(value, "a revoked certificate in the store has no date or reason of revocation");
    }

    static RevocationReason reason(CrlReason reason) {
        return RevocationReason.valueOf(reason.name());
    }

    static CrlReason reason(RevocationReason reason) {
        return CrlReason.valueOf(reason.name());
    }
}
