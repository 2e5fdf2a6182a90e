package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.identity.CertificateId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The certificates that are revoked or on hold, as far as this gateway knows: its own copy of `certificate.revoked`.
///
/// Until it is complete nobody is authenticated by it. A revocation is for ever: only what is on hold is ever taken
/// out.
/// Safe for use by many threads; one thread writes.
public final class RevokedCertificates {

    private final Set<CertificateId> revoked = ConcurrentHashMap.newKeySet();
    private final Set<CertificateId> onHold = ConcurrentHashMap.newKeySet();
    private volatile boolean complete;

    public void add(CertificateId certificate) {
        revoked.add(certificate);
        onHold.remove(certificate);
    }

    /// Forgets all of them, to be read anew; until then it is not complete.
    public void clear() {
        complete = false;
        revoked.clear();
        onHold.clear();
    }

    /// Puts a certificate on hold.
    public void hold(CertificateId certificate) {
        onHold.add(certificate);
    }

    /// Takes a certificate off hold.
    ///
    /// @return whether it is good again; false when it is revoked, and stays so
    public boolean release(CertificateId certificate) {
        onHold.remove(certificate);
        return !revoked.contains(certificate);
    }

    /// Whether it is revoked or on hold.
    public boolean contains(CertificateId certificate) {
        return revoked.contains(certificate) || onHold.contains(certificate);
    }

    /// Whether everything that was revoked before the last start of reading is in it.
    public boolean complete() {
        return complete;
    }

    /// Says whether the source has been read to its end.
    public void complete(boolean complete) {
        this.complete = complete;
    }

    /// How many certificates are in it.
    public int size() {
        return revoked.size() + onHold.size();
    }
}
