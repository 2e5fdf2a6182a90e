package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.connection.Freshness;
import dev.evenroll.revocation.connection.WithdrawnCertificates;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.life.CertificateLife;
import java.time.InstantSource;
import java.util.Optional;

/// What this replica holds of the inventory, as long as it can be relied on.
///
/// A replica that is cut off from the broker may have lost its part to another one, and not know of revocations there.
/// So what it holds counts as long as it has been told everything that is withdrawn anywhere; and where the two
/// disagree
/// for a moment, nobody is told that a certificate is good.
public final class CurrentStatuses implements StatusSource {

    private final StatusSource inventory;
    private final WithdrawnCertificates withdrawn;
    private final Freshness freshness;
    private final InstantSource clock;

    /// @param withdrawn every certificate that is revoked or on hold
    /// @param freshness how old that is
    public CurrentStatuses(
            StatusSource inventory, WithdrawnCertificates withdrawn, Freshness freshness, InstantSource clock) {
        this.inventory = inventory;
        this.withdrawn = withdrawn;
        this.freshness = freshness;
        this.clock = clock;
    }

    @Override
    public Optional<CertificateLife> find(CertificateId id) throws InventoryUnavailableException {
        var problem = freshness.problem(clock.instant());
        if (problem.isPresent()) {
            throw new InventoryUnavailableException(problem.get());
        }
        var life = inventory.find(id);
        // Asked last: what was withdrawn since it was found counts.
        if (withdrawn.find(id).isPresent()
                && !life.map(CurrentStatuses::isWithdrawn).orElse(false)) {
            throw new InventoryUnavailableException(
                    "The inventory has not caught up with the set of revoked certificates.");
        }
        return life;
    }

    private static boolean isWithdrawn(CertificateLife life) {
        return switch (life) {
            case CertificateLife.Revoked _, CertificateLife.OnHold _ -> true;
            case CertificateLife.InService _, CertificateLife.Expired _ -> false;
        };
    }
}
