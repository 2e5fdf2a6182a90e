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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A certificate's life between the domain and its record: the value of the store `certificate-by-id` and
/// of the topic `certificate.status` alike.
final class Lives {

    private static final Codec<CertificateStatus> CODEC = Codec.of(CertificateStatus.class);

    private Lives() {}

    static CertificateStatus status(CertificateLife life, String environment) {
        var certificate = life.certificate();
        var standing = life.inService();
        var status = CertificateStatus.newBuilder()
                .setEnvironment(environment)
                .setCertificateId(certificate.id().value())
                .setDeviceId(certificate.deviceId())
                .setEnrollmentId(certificate.enrollmentId())
                .setNotBefore(certificate.notBefore())
                .setNotAfter(certificate.notAfter())
                .setCertificate(ByteBuffer.wrap(certificate.der().bytes()))
                .setProfile(certificate.profile())
                .setState(state(life))
                .setOccurredAt(changedAt(life))
                .setIssuedAt(standing.issuedAt())
                .setInstalledAt(standing.installation().orElse(null))
                .setSupersededAt(
                        standing instanceof CertificateLife.Superseded superseded ? superseded.supersededAt() : null);
        return switch (life) {
            case CertificateLife.InService _, CertificateLife.Expired _ -> status.build();
            case CertificateLife.OnHold held -> status.setHeldAt(held.heldAt()).build();
            case CertificateLife.Revoked revoked ->
                status.setRevokedAt(revoked.revokedAt())
                        .setReason(reason(revoked.reason()))
                        .build();
        };
    }

    static CertificateState state(CertificateLife life) {
        return switch (life) {
            case CertificateLife.Issued _ -> CertificateState.ISSUED;
            case CertificateLife.Installed _ -> CertificateState.INSTALLED;
            case CertificateLife.Superseded _ -> CertificateState.SUPERSEDED;
            case CertificateLife.OnHold _ -> CertificateState.ON_HOLD;
            case CertificateLife.Expired _ -> CertificateState.EXPIRED;
            case CertificateLife.Revoked _ -> CertificateState.REVOKED;
        };
    }

    private static Instant changedAt(CertificateLife life) {
        return switch (life) {
            case CertificateLife.Issued issued -> issued.issuedAt();
            case CertificateLife.Installed installed -> installed.installedAt();
            case CertificateLife.Superseded superseded -> superseded.supersededAt();
            case CertificateLife.OnHold held -> held.heldAt();
            case CertificateLife.Expired expired -> expired.certificate().notAfter();
            case CertificateLife.Revoked revoked -> revoked.revokedAt();
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
        var standing = inService(status);
        return switch (status.getState()) {
            case ISSUED, INSTALLED, SUPERSEDED -> standing;
            case ON_HOLD -> new CertificateLife.OnHold(standing, required(status.getHeldAt()));
            case EXPIRED -> new CertificateLife.Expired(standing);
            case REVOKED ->
                new CertificateLife.Revoked(
                        standing, required(status.getRevokedAt()), reason(required(status.getReason())));
            case UNKNOWN ->
                throw new IllegalStateException(
                        "Certificate " + status.getCertificateId()
                                + " is in a state that this version does not know. Run the version that wrote it, or a newer one.");
        };
    }

    private static CertificateLife.InService inService(CertificateStatus status) {
        var certificate = new IssuedCertificate(
                CertificateId.parse(status.getCertificateId()),
                status.getDeviceId(),
                status.getEnrollmentId(),
                status.getProfile(),
                status.getNotBefore(),
                status.getNotAfter(),
                Issuances.der(status.getCertificate()));
        var issuedAt = issuedAt(status);
        @Nullable Instant supersededAt = status.getSupersededAt();
        @Nullable Instant installedAt = status.getInstalledAt();
        if (supersededAt != null) {
            return new CertificateLife.Superseded(
                    certificate, issuedAt, Optional.ofNullable(installedAt), supersededAt);
        }
        return installedAt == null
                ? new CertificateLife.Issued(certificate, issuedAt)
                : new CertificateLife.Installed(certificate, issuedAt, installedAt);
    }

    /// Earlier versions kept it of certificates that nothing had become of.
    private static Instant issuedAt(CertificateStatus status) {
        @Nullable Instant issuedAt = status.getIssuedAt();
        if (issuedAt != null) {
            return issuedAt;
        }
        return status.getState() == CertificateState.ISSUED ? status.getOccurredAt() : status.getNotBefore();
    }

    private static <V> V required(@Nullable V value) {
        return Objects.requireNonNull(value, "a withdrawn certificate in the store has no date or reason");
    }

    static RevocationReason reason(CrlReason reason) {
        return RevocationReason.valueOf(reason.name());
    }

    static CrlReason reason(RevocationReason reason) {
        return CrlReason.valueOf(reason.name());
    }
}
