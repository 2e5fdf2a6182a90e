package dev.evenroll.revocation.device;

import dev.evenroll.pki.profile.Renewal;
import java.util.Optional;

/// How the certificates of each profile follow one another.
@FunctionalInterface
public interface Terms {

    /// The terms of a profile; empty when its certificates are nobody's to renew.
    Optional<Renewal> of(String profile);
}
