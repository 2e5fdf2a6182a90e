package dev.evenroll.revocation.device;

import dev.evenroll.pki.identity.CertificateId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// A certificate among those of its device.
///
/// @param profile name of its profile
/// @param life the life of the device that it was accepted in; empty when that is not known
/// @param installedAt when the device was first seen with it; empty before
/// @param installationOverdue whether it was said that the device has not been seen with it
/// @param revocationOrdered whether its revocation was ordered because of the device's end or change of owner
/// @param renewalSteps how many [RenewalStep]s were said of it
public record DeviceCertificate(
        CertificateId id,
        String profile,
        Standing standing,
        Instant issuedAt,
        Instant notBefore,
        Instant notAfter,
        Optional<Long> life,
        Optional<Instant> installedAt,
        boolean installationOverdue,
        boolean revocationOrdered,
        int renewalSteps) {

    /// A later certificate comes after an earlier one.
    static final Comparator<DeviceCertificate> BY_AGE = Comparator.comparing(DeviceCertificate::notBefore)
            .thenComparing(DeviceCertificate::issuedAt)
            .thenComparing(certificate -> certificate.id().value());

    /// Where it is in its life; what the states mean is said at
    /// [CertificateLife][dev.evenroll.revocation.life.CertificateLife].
    public enum Standing {
        ISSUED,
        INSTALLED,
        SUPERSEDED,
        ON_HOLD,
        REVOKED,
        EXPIRED
    }

    /// A certificate that was just entered.
    public static DeviceCertificate entered(
            CertificateId id,
            String profile,
            Instant issuedAt,
            Instant notBefore,
            Instant notAfter,
            Optional<Long> life) {
        return new DeviceCertificate(
                id, profile, Standing.ISSUED, issuedAt, notBefore, notAfter, life, Optional.empty(), false, false, 0);
    }

    /// Whether the device may use it, and nothing has taken its place.
    boolean isCurrent() {
        return standing == Standing.ISSUED || standing == Standing.INSTALLED;
    }

    /// Whether nobody can use it any more.
    boolean hasEnded() {
        return standing == Standing.REVOKED || standing == Standing.EXPIRED;
    }

    BigInteger serialNumber() {
        return new BigInteger(id.serialNumber(), 16);
    }

    DeviceCertificate standing(Standing now) {
        return new DeviceCertificate(
                id,
                profile,
                now,
                issuedAt,
                notBefore,
                notAfter,
                life,
                installedAt,
                installationOverdue,
                revocationOrdered,
                renewalSteps);
    }

    DeviceCertificate installed(Instant at) {
        return new DeviceCertificate(
                id,
                profile,
                Standing.INSTALLED,
                issuedAt,
                notBefore,
                notAfter,
                life,
                Optional.of(at),
                installationOverdue,
                revocationOrdered,
                renewalSteps);
    }

    DeviceCertificate saidToBeUnseen() {
        return new DeviceCertificate(
                id,
                profile,
                standing,
                issuedAt,
                notBefore,
                notAfter,
                life,
                installedAt,
                true,
                revocationOrdered,
                renewalSteps);
    }

    DeviceCertificate orderedToBeRevoked() {
        return new DeviceCertificate(
                id,
                profile,
                standing,
                issuedAt,
                notBefore,
                notAfter,
                life,
                installedAt,
                installationOverdue,
                true,
                renewalSteps);
    }

    DeviceCertificate renewalSteps(int said) {
        return new DeviceCertificate(
                id,
                profile,
                standing,
                issuedAt,
                notBefore,
                notAfter,
                life,
                installedAt,
                installationOverdue,
                revocationOrdered,
                said);
    }
}
