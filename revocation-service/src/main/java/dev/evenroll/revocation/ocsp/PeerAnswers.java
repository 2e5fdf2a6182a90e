package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspNonce;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspSingle;
import dev.evenroll.pki.ocsp.OcspStatus;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The answers of other replicas. They come over a network, and each is believed as a client would: whoever stands
/// between can keep one back, and not make one or send an old one.
final class PeerAnswers {

    private static final int NONCE_OCTETS = 32;

    private final Peers peers;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PeerAnswers(Peers peers, InstantSource clock) {
        this.peers = peers;
        this.clock = clock;
    }

    /// Makes an answer of what others have told, and of what is known here.
    @FunctionalInterface
    interface Signing {
        Reply sign(Map<OcspCertId, OcspSingle> told) throws InventoryUnavailableException, GeneralSecurityException;
    }

    /// Has another replica answer the whole request. A replay of an old answer would be one that the client gets all
    /// the
    /// same, from whoever stands between: it asks with a nonce, or does not mind.
    Reply passOn(URI replica, OcspRequest request, IssuingCertificate issuer) {
        return new Reply.Awaited(peers.ask(replica, request)
                .thenApply(bytes -> passedOn(replica, bytes, request, issuer))
                .exceptionally(cause -> away(replica, cause)));
    }

    private Reply passedOn(URI replica, byte[] bytes, OcspRequest request, IssuingCertificate issuer) {
        try {
            var signed = believed(replica, bytes, request, issuer);
            var single = signed.singles().getFirst();
            boolean cacheable = signed.singles().size() == 1
                    && request.nonce().isEmpty()
                    && !(single.status() instanceof OcspStatus.Unknown);
            return cacheable
                    ? new Reply.Cacheable(Der.of(bytes), single)
                    : new Reply.Uncacheable(Der.of(bytes), signed.singles());
        } catch (InventoryUnavailableException e) {
            return tryLater(String.valueOf(e.getMessage()));
        }
    }

    /// Asks others for what they hold, and signs when all have answered.
    ///
    /// @param elsewhere where the certificates are that are not here
    Reply together(Map<OcspCertId, URI> elsewhere, IssuingCertificate issuer, Signing signing) {
        var asked = new HashMap<OcspCertId, CompletableFuture<OcspSingle>>();
        elsewhere.forEach((certificate, replica) -> asked.put(certificate, ask(replica, certificate, issuer)));
        return new Reply.Awaited(CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    var told = new HashMap<OcspCertId, OcspSingle>();
                    asked.forEach((certificate, there) -> told.put(certificate, there.join()));
                    return sign(told, signing);
                })
                .exceptionally(cause -> tryLater(sentence(cause))));
    }

    private static Reply sign(Map<OcspCertId, OcspSingle> told, Signing signing) {
        try {
            return signing.sign(told);
        } catch (InventoryUnavailableException e) {
            return tryLater(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            return new Reply.Failed(OcspError.INTERNAL_ERROR, "The key of the responder does not sign: " + e);
        }
    }

    /// With a nonce: what is told here is told on with the nonce of the client, who relies on it.
    private CompletableFuture<OcspSingle> ask(URI replica, OcspCertId certificate, IssuingCertificate issuer) {
        var nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        var request = new OcspRequest(List.of(certificate), Optional.of(OcspNonce.of(nonce)));
        return peers.ask(replica, request).thenApply(bytes -> {
            try {
                return believed(replica, bytes, request, issuer).singles().getFirst();
            } catch (InventoryUnavailableException e) {
                throw new CompletionException(e);
            }
        });
    }

    private OcspAnswer.Signed believed(URI replica, byte[] bytes, OcspRequest request, IssuingCertificate issuer)
            throws InventoryUnavailableException {
        try {
            return switch (OcspAnswer.read(bytes)) {
                case OcspAnswer.Refused(var error) ->
                    throw new InventoryUnavailableException("The replica " + replica + " says " + error + ".");
                case OcspAnswer.Signed signed -> {
                    var problems = signed.problems(issuer, clock.instant());
                    if (!problems.isEmpty() || !signed.answers(request)) {
                        throw new InventoryUnavailableException(
                                "The replica " + replica + " gives an answer that can not be believed: "
                                        + (problems.isEmpty()
                                                ? "it is one to another request"
                                                : problems.getFirst().message()));
                    }
                    yield signed;
                }
            };
        } catch (MalformedException e) {
            throw new InventoryUnavailableException(
                    "The replica " + replica + " gives no OCSP answer: " + e.getMessage(), e);
        }
    }

    private static Reply away(URI replica, Throwable cause) {
        return tryLater("The replica " + replica + " does not answer: " + sentence(cause));
    }

    private static String sentence(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null
                ? String.valueOf(cause.getCause())
                : String.valueOf(cause);
    }

    private static Reply tryLater(String reason) {
        return new Reply.Failed(OcspError.TRY_LATER, reason);
    }
}
