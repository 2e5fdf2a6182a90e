package dev.evenroll.revocation.device;

import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.life.CertificateLife;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/// When a certificate should be renewed (RFC 9773 section 4.2): in the past when now.
///
/// @param end after `start`
public record RenewalWindow(Instant start, Instant end) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    /// From when the renewal is due to when half of the time to overdue has gone by; of what is withdrawn or at its
    /// end,
    /// the time that it was good.
    ///
    /// @param terms of its profile
    public static RenewalWindow of(CertificateLife life, Renewal terms) {
        var certificate = life.certificate();
        var notBefore = certificate.notBefore();
        return switch (life) {
            case CertificateLife.InService _ -> {
                var due = terms.dueAt(
                        notBefore,
                        certificate.notAfter(),
                        new BigInteger(certificate.id().serialNumber(), 16));
                var overdue = terms.overdueAt(notBefore, certificate.notAfter());
                yield between(due, due.plus(Duration.between(due, overdue).dividedBy(2)));
            }
            case CertificateLife.OnHold(var _, var heldAt) -> between(notBefore, heldAt);
            case CertificateLife.Revoked revoked -> between(notBefore, revoked.revokedAt());
            case CertificateLife.Expired _ -> between(notBefore, certificate.notAfter());
        };
    }

    private static RenewalWindow between(Instant start, Instant end) {
        var earliest = start.plus(LEAST);
        return new RenewalWindow(start, end.isBefore(earliest) ? earliest : end);
    }
}
