package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspSigner;
import dev.evenroll.pki.ocsp.OcspSingle;
import dev.evenroll.pki.ocsp.OcspStatus;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers that were signed before, the last used ones. Each is given again while the certificate has the same status,
/// the same responder signs, and half of the answer's time is left: the status is looked up each time, so that nothing
/// here can be stale.
///
/// What is unknown is signed each time, for a few seconds and for nobody else: a stranger can ask about any number of
/// serial numbers, and what is not issued yet may be in a moment.
///
/// Safe for use by many threads.
final class SignedAnswers {

    private static final float LOAD = 0.75f;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

    private final Duration lifetime;
    private final Map<OcspCertId, Kept> entries;

    private record Kept(OcspStatus status, OcspSigner signer, Reply.Cacheable reply) {}

    /// @param most so many are kept; each takes about 1.5 KB
    SignedAnswers(int most, Duration lifetime) {
        this.lifetime = lifetime;
        this.entries = new LinkedHashMap<>(16, LOAD, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<OcspCertId, Kept> eldest) {
                return size() > most;
            }
        };
    }

    /// @throws GeneralSecurityException when the key does not sign
    Reply answer(OcspCertId certificate, OcspStatus status, OcspSigner signer, Instant now)
            throws GeneralSecurityException {
        if (status instanceof OcspStatus.Unknown) {
            var unknown = single(certificate, status, signer, now);
            return new Reply.Uncacheable(signed(unknown, signer, now), List.of(unknown));
        }
        Kept known;
        synchronized (entries) {
            known = entries.get(certificate);
        }
        if (known != null && known.signer() == signer && known.status().equals(status) && isYoung(known, now)) {
            return known.reply();
        }
        var single = single(certificate, status, signer, now);
        var reply = new Reply.Cacheable(signed(single, signer, now), single);
        synchronized (entries) {
            entries.put(certificate, new Kept(status, signer, reply));
        }
        return reply;
    }

    private static Der signed(OcspSingle single, OcspSigner signer, Instant now) throws GeneralSecurityException {
        return Der.of(signer.sign(List.of(single), Optional.empty(), now));
    }

    private boolean isYoung(Kept known, Instant now) {
        var thisUpdate = known.reply().single().thisUpdate();
        return !now.isBefore(thisUpdate) && now.isBefore(thisUpdate.plus(lifetime.dividedBy(2)));
    }

    /// Good until the end of the lifetime, and no longer than the responder.
    OcspSingle single(OcspCertId certificate, OcspStatus status, OcspSigner signer, Instant now) {
        var end = signer.certificate().getNotAfter().toInstant();
        var nextUpdate = now.plus(status instanceof OcspStatus.Unknown ? UNKNOWN_FOR : lifetime);
        return new OcspSingle(certificate, status, now, nextUpdate.isAfter(end) ? end : nextUpdate);
    }
}
