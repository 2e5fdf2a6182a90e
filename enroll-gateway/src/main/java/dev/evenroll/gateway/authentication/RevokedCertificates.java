package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.identity.CertificateId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The revoked certificates that this gateway knows of: its own copy of `certificate.revoked`.
///
/// Until it is complete nobody is authenticated by it. A revocation is for ever: nothing is ever taken out.
/// Safe for use by many threads; one thread writes.
public final class RevokedCertificates {

    private final Set<CertificateId> revoked = ConcurrentHashMap.newKeySet();
    private volatile boolean complete;

    public void add(CertificateId certificate) {
        revoked.add(certificate);
    }

    public boolean contains(CertificateId certificate) {
        return revoked.contains(certificate);
    }

    /// Whether everything that was revoked before the last start of reading is in it.
    public boolean complete() {
        return complete;
    }

    /// Says whether the source has been read to its end.
    public void complete(boolean complete) {
        this.complete = complete;
    }

    /// How many certificates it holds.
    public int size() {
        return revoked.size();
    }
}
