package dev.evenroll.revocation.life;

import dev.evenroll.pki.crl.CrlReason;
import java.time.Instant;
import java.util.Optional;

/// A certificate in the inventory and how far its life has come.
///
/// | state | what happens | next state | what follows |
/// |---|---|---|---|
/// | (unknown) | it is issued | [Issued] | `certificate.status` |
/// | (unknown) | anything is ordered | (unknown) | dead letter |
/// | [Issued] | its device is seen with it | [Installed] | `certificate.status` |
/// | [Issued], [Installed] | its device was seen with a later one, and the grace is over | [Superseded] |
/// `certificate.status` |
/// | [Issued], [Installed], [Superseded] | hold is ordered | [OnHold] | `certificate.status`, `certificate.revoked`, a
/// new CRL |
/// | [OnHold] | release is ordered | what it was before; after the end of its validity [Expired] |
/// `certificate.status`, `certificate.revoked`, a new CRL |
/// | [Issued], [Installed], [Superseded] | its validity ends | [Expired] | `certificate.status` |
/// | every one but [Revoked] | its revocation is ordered | [Revoked] | `certificate.status`, `certificate.revoked`, a
/// new CRL |
/// | [Revoked] | its revocation is ordered again | [Revoked] | nothing: the first date and reason stand |
///
/// Everything else changes nothing: what is said again, a hold of what has ended, a release of what is not on hold. An
/// expired certificate can still be revoked, and one on hold does not become good by its end: whoever checks an old
/// signature wants to know.
public sealed interface CertificateLife {

    IssuedCertificate certificate();

    /// How far it came while nobody withdrew it.
    InService inService();

    /// What an order makes of it; empty when it changes nothing.
    ///
    /// @param now the time of the change. An order may come from a machine whose clock is ahead: the earlier time
    ///     counts, because a CRL that speaks of the future would be refused by the issuer, and with it every other
    ///     entry.
    default Optional<CertificateLife> carryOut(RevocationOrder order, Instant now) {
        var at = order.orderedAt().isAfter(now) ? now : order.orderedAt();
        return switch (order.kind()) {
            case REVOKE -> this instanceof Revoked ? Optional.empty() : Optional.of(revoke(at, order.reason()));
            case HOLD -> this instanceof InService standing ? Optional.of(new OnHold(standing, at)) : Optional.empty();
            case RELEASE -> this instanceof OnHold held ? Optional.of(held.released(now)) : Optional.empty();
        };
    }

    private Revoked revoke(Instant at, CrlReason reason) {
        return new Revoked(inService(), at, reason);
    }

    /// What the end of its validity makes of it; empty when that changes nothing.
    default Optional<CertificateLife> expire() {
        return switch (this) {
            case InService standing -> Optional.of(new Expired(standing));
            case OnHold _, Expired _, Revoked _ -> Optional.empty();
        };
    }

    /// Neither withdrawn nor at its end.
    sealed interface InService extends CertificateLife {

        /// When it was signed.
        Instant issuedAt();

        /// When its device was first seen with it; empty before.
        Optional<Instant> installation();

        /// What its first use makes of it; empty when that changes nothing.
        Optional<InService> install(Instant at);

        /// What the use of a later one makes of it; empty when that changes nothing.
        Optional<InService> supersede(Instant at);

        @Override
        default InService inService() {
            return this;
        }
    }

    /// Signed, and its device has not been seen with it.
    record Issued(IssuedCertificate certificate, Instant issuedAt) implements InService {

        @Override
        public Optional<Instant> installation() {
            return Optional.empty();
        }

        @Override
        public Optional<InService> install(Instant at) {
            return Optional.of(new Installed(certificate, issuedAt, at));
        }

        @Override
        public Optional<InService> supersede(Instant at) {
            return Optional.of(new Superseded(certificate, issuedAt, Optional.empty(), at));
        }
    }

    /// Its device has been seen with it.
    record Installed(IssuedCertificate certificate, Instant issuedAt, Instant installedAt) implements InService {

        @Override
        public Optional<Instant> installation() {
            return Optional.of(installedAt);
        }

        @Override
        public Optional<InService> install(Instant at) {
            return Optional.empty();
        }

        @Override
        public Optional<InService> supersede(Instant at) {
            return Optional.of(new Superseded(certificate, issuedAt, Optional.of(installedAt), at));
        }
    }

    /// Retired: its device was seen with a later one. Good until its end, as far as anybody asks: nobody has withdrawn
    /// it.
    record Superseded(
            IssuedCertificate certificate, Instant issuedAt, Optional<Instant> installation, Instant supersededAt)
            implements InService {

        @Override
        public Optional<InService> install(Instant at) {
            return Optional.empty();
        }

        @Override
        public Optional<InService> supersede(Instant at) {
            return Optional.empty();
        }
    }

    /// Withdrawn until it is released or revoked.
    record OnHold(InService inService, Instant heldAt) implements CertificateLife {

        private CertificateLife released(Instant now) {
            return now.isBefore(certificate().notAfter()) ? inService : new Expired(inService);
        }

        @Override
        public IssuedCertificate certificate() {
            return inService.certificate();
        }
    }

    /// At the end of its validity, and not revoked.
    record Expired(InService inService) implements CertificateLife {

        @Override
        public IssuedCertificate certificate() {
            return inService.certificate();
        }
    }

    /// Revoked, for ever.
    ///
    /// @param revokedAt when it was revoked
    /// @param reason why
    record Revoked(InService inService, Instant revokedAt, CrlReason reason) implements CertificateLife {

        @Override
        public IssuedCertificate certificate() {
            return inService.certificate();
        }
    }
}
