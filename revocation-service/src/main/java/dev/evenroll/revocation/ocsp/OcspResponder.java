package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspIssuer;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspSigner;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
/// An answer is of one CA, since the responder that signs it is certified by one: a request about several, or about one
/// that is not ours, is unauthorized (RFC 5019 section 2.2.3).
///
/// Does not wait for other replicas. Safe for use by many threads.
public final class OcspResponder {

    /// Some 60 MB.
    private static final int MOST_KEPT = 40_000;

    private final Issuers issuers;
    private final Responders responders;
    private final StatusSource statuses;
    private final Owners owners;
    private final PeerAnswers peerAnswers;
    private final SignedAnswers answers;
    private final InstantSource clock;
    /// By key id: a CA keeps its name and its key.
    private final Map<String, OcspIssuer> names = new ConcurrentHashMap<>();

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
        this.peerAnswers = new PeerAnswers(peers, clock);
        this.answers = new SignedAnswers(MOST_KEPT, lifetime);
        this.clock = clock;
    }

    /// Answers a request.
    ///
    /// @param passedOn whether another replica has sent it here: then it is answered here or not at all
    /// @throws GeneralSecurityException when the key of the responder does not sign
    public Reply answer(OcspRequest request, boolean passedOn) throws GeneralSecurityException {
        var issuer = issuerOf(request);
        if (issuer.isEmpty()) {
            return new Reply.Failed(OcspError.UNAUTHORIZED, "It is not about certificates of one of the CAs here.");
        }
        try {
            var elsewhere = passedOn ? Map.<OcspCertId, URI>of() : elsewhere(request, issuer.get());
            var first = elsewhere.values().stream().findFirst();
            if (first.isPresent() && isAllOf(first.get(), elsewhere, request)) {
                return peerAnswers.passOn(first.get(), request, issuer.get());
            }
            return elsewhere.isEmpty()
                    ? sign(request, issuer.get(), Map.of())
                    : peerAnswers.together(elsewhere, issuer.get(), told -> sign(request, issuer.get(), told));
        } catch (InventoryUnavailableException e) {
            return new Reply.Failed(OcspError.TRY_LATER, String.valueOf(e.getMessage()));
        }
    }

    /// The CA that all certificates are of.
    private Optional<IssuingCertificate> issuerOf(OcspRequest request) {
        return issuers.all().stream()
                .filter(issuer -> request.certificates().stream().allMatch(named(issuer)::issued))
                .findFirst();
    }

    private OcspIssuer named(IssuingCertificate issuer) {
        return names.computeIfAbsent(issuer.keyId(), _ -> OcspIssuer.of(issuer));
    }

    private static boolean isAllOf(URI replica, Map<OcspCertId, URI> elsewhere, OcspRequest request) {
        return request.certificates().stream().allMatch(each -> replica.equals(elsewhere.get(each)));
    }

    /// The certificates that other replicas hold.
    private Map<OcspCertId, URI> elsewhere(OcspRequest request, IssuingCertificate issuer)
            throws InventoryUnavailableException {
        var elsewhere = new HashMap<OcspCertId, URI>();
        for (var certificate : request.certificates()) {
            Optional<CertificateId> id = certificate.certificateId(issuer);
            if (id.isPresent()) {
                owners.otherThanHere(id.get()).ifPresent(replica -> elsewhere.put(certificate, replica));
            }
        }
        return elsewhere;
    }

    /// @param told what other replicas have said
    private Reply sign(OcspRequest request, IssuingCertificate issuer, Map<OcspCertId, OcspSingle> told)
            throws InventoryUnavailableException, GeneralSecurityException {
        var now = clock.instant();
        Optional<OcspSigner> signer = responders.signer(issuer.keyId(), now);
        if (signer.isEmpty()) {
            return new Reply.Failed(
                    OcspError.TRY_LATER, "The responder for the CA " + issuer.keyId() + " has no certificate.");
        }
        if (request.certificates().size() == 1 && request.nonce().isEmpty()) {
            var certificate = request.certificates().getFirst();
            return answers.answer(certificate, status(certificate, issuer), signer.get(), now);
        }
        var singles = new ArrayList<OcspSingle>();
        for (var certificate : request.certificates()) {
            var there = told.get(certificate);
            singles.add(
                    there == null
                            ? answers.single(certificate, status(certificate, issuer), signer.get(), now)
                            : there);
        }
        return new Reply.Uncacheable(Der.of(signer.get().sign(singles, request.nonce(), now)), singles);
    }

    private OcspStatus status(OcspCertId certificate, IssuingCertificate issuer) throws InventoryUnavailableException {
        var id = certificate.certificateId(issuer);
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
}
