package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspSingle;
import dev.evenroll.pki.ocsp.OcspStatus;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.life.CertificateLife;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Answers about the certificates of our CAs (RFC 6960).
///
/// | what the inventory says | answer |
/// |---|---|
/// | revoked | revoked, with time and reason |
/// | on hold | revoked, certificateHold |
/// | issued, installed, superseded, expired | good |
/// | nothing: never issued | unknown |
/// | it can not be asked | tryLater, never good |
///
/// An answer is of one CA, since the responder that signs it is certified by one. Of a certificate of another CA it
/// says
/// unknown; when none is of a CA of ours, it is unauthorized (RFC 5019 section 2.2.3).
///
/// Blocks while another replica is asked for a part of an answer. Safe for use by many threads.
public final class OcspResponder {

    /// Some 60 MB.
    private static final int MOST_KEPT = 40_000;

    private final Issuers issuers;
    private final Responders responders;
    private final StatusSource statuses;
    private final Owners owners;
    private final Peers peers;
    private final SignedAnswers answers;
    private final InstantSource clock;

    /// @param lifetime from thisUpdate to nextUpdate of an answer
    public OcspResponder(
            Issuers issuers,
            Responders responders,
            StatusSource statuses,
            Owners owners,
            Peers peers,
            Duration lifetime,
            InstantSource clock) {
        this.issuers = issuers;
        this.responders = responders;
        this.statuses = statuses;
        this.owners = owners;
        this.peers = peers;
        this.answers = new SignedAnswers(MOST_KEPT, lifetime);
        this.clock = clock;
    }

    /// Answers a request, or says who does.
    ///
    /// @param passedOn whether another replica has sent it here: then it is answered here or not at all
    /// @throws GeneralSecurityException when the key of the responder does not sign
    public Reply answer(OcspRequest request, boolean passedOn) throws GeneralSecurityException {
        var issuer = request.certificates().stream()
                .flatMap(each -> issuerOf(each).stream())
                .findFirst();
        if (issuer.isEmpty()) {
            return new Reply.Failed(OcspError.UNAUTHORIZED);
        }
        try {
            var owned = passedOn ? Map.<OcspCertId, URI>of() : elsewhere(request, issuer.get());
            var first = owned.values().stream().findFirst();
            return first.isPresent() && isAllOf(first.get(), owned, request)
                    ? new Reply.Elsewhere(first.get())
                    : sign(request, issuer.get(), owned);
        } catch (InventoryUnavailableException e) {
            return new Reply.Failed(OcspError.TRY_LATER);
        }
    }

    private Optional<IssuingCertificate> issuerOf(OcspCertId certificate) {
        return issuers.all().stream().filter(certificate::isOf).findFirst();
    }

    private static boolean isAllOf(URI replica, Map<OcspCertId, URI> owned, OcspRequest request) {
        return request.certificates().stream().allMatch(each -> replica.equals(owned.get(each)));
    }

    /// The certificates of a CA that other replicas hold.
    private Map<OcspCertId, URI> elsewhere(OcspRequest request, IssuingCertificate issuer)
            throws InventoryUnavailableException {
        var owned = new HashMap<OcspCertId, URI>();
        for (var certificate : request.certificates()) {
            var id = id(certificate, issuer);
            if (id.isPresent()) {
                owners.otherThanHere(id.get()).ifPresent(replica -> owned.put(certificate, replica));
            }
        }
        return owned;
    }

    private static Optional<CertificateId> id(OcspCertId certificate, IssuingCertificate issuer) {
        return certificate.isOf(issuer) ? certificate.certificateId(issuer) : Optional.empty();
    }

    private Reply sign(OcspRequest request, IssuingCertificate issuer, Map<OcspCertId, URI> owned)
            throws InventoryUnavailableException, GeneralSecurityException {
        var now = clock.instant();
        var signer = responders.signer(issuer.keyId(), now);
        if (signer.isEmpty()) {
            return new Reply.Failed(OcspError.TRY_LATER);
        }
        if (request.certificates().size() == 1 && request.nonce().isEmpty() && owned.isEmpty()) {
            var certificate = request.certificates().getFirst();
            return answers.answer(certificate, status(certificate, issuer), signer.get(), now);
        }
        var asked = new HashMap<OcspCertId, CompletableFuture<byte[]>>();
        owned.forEach((certificate, replica) ->
                asked.put(certificate, peers.ask(replica, new OcspRequest(List.of(certificate), Optional.empty()))));
        var singles = new ArrayList<OcspSingle>();
        for (var certificate : request.certificates()) {
            var there = asked.get(certificate);
            singles.add(
                    there == null
                            ? answers.single(certificate, status(certificate, issuer), signer.get(), now)
                            : told(certificate, issuer, there));
        }
        return new Reply.Single(Der.of(signer.get().sign(singles, request.nonce(), now)));
    }

    private OcspStatus status(OcspCertId certificate, IssuingCertificate issuer) throws InventoryUnavailableException {
        var id = id(certificate, issuer);
        return id.isEmpty()
                ? new OcspStatus.Unknown()
                : statuses.find(id.get()).map(OcspResponder::status).orElseGet(OcspStatus.Unknown::new);
    }

    private static OcspStatus status(CertificateLife life) {
        return switch (life) {
            case CertificateLife.Revoked(var _, var at, var reason) -> new OcspStatus.Revoked(at, reason);
            case CertificateLife.OnHold(var _, var at) -> new OcspStatus.Revoked(at, CrlReason.CERTIFICATE_HOLD);
            case CertificateLife.InService _, CertificateLife.Expired _ -> new OcspStatus.Good();
        };
    }

    /// What another replica says of a certificate, believed as any client would.
    private OcspSingle told(OcspCertId certificate, IssuingCertificate issuer, CompletableFuture<byte[]> there)
            throws InventoryUnavailableException {
        try {
            if (OcspAnswer.read(there.join()) instanceof OcspAnswer.Signed signed
                    && signed.problems(issuer, clock.instant()).isEmpty()
                    && signed.singles().size() == 1
                    && signed.singles().getFirst().certificate().equals(certificate)) {
                return signed.singles().getFirst();
            }
        } catch (CompletionException | MalformedException e) {
            throw new InventoryUnavailableException("Another replica has not said what it knows of a certificate.", e);
        }
        throw new InventoryUnavailableException("Another replica can not say now what it knows of a certificate.");
    }
}
