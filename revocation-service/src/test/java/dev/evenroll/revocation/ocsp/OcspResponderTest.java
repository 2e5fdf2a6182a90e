package dev.evenroll.revocation.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.ocsp.HashAlgorithm;
import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspNonce;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspStatus;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.CertificateLife.Expired;
import dev.evenroll.revocation.life.CertificateLife.Installed;
import dev.evenroll.revocation.life.CertificateLife.Issued;
import dev.evenroll.revocation.life.CertificateLife.OnHold;
import dev.evenroll.revocation.life.CertificateLife.Revoked;
import dev.evenroll.revocation.life.CertificateLife.Superseded;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OcspResponderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(60);
    private static final URI OTHER = URI.create("http://other:1");
    private static final URI THIRD = URI.create("http://third:1");

    private final MovableClock clock = new MovableClock(NOW);
    private final TestAuthority authority = new TestAuthority(clock);
    private final Map<URI, TestResponder> replicas = new HashMap<>();
    private Optional<byte[]> replay = Optional.empty();
    private final TestResponder here = new TestResponder("ocsp-responder-0", authority, this::ask, clock);

    @BeforeEach
    void certify() throws Exception {
        here.certified();
    }

    /// As over HTTP, without HTTP.
    private CompletableFuture<byte[]> ask(URI replica, OcspRequest request) {
        if (replay.isPresent()) {
            return CompletableFuture.completedFuture(replay.get());
        }
        var there = replicas.get(replica);
        if (there == null) {
            return CompletableFuture.failedFuture(new IOException("away"));
        }
        try {
            return CompletableFuture.completedFuture(
                    switch (there.responder().answer(OcspRequest.read(request.encode()), true)) {
                        case Reply.Cacheable cacheable -> cacheable.der().bytes();
                        case Reply.Uncacheable uncacheable -> uncacheable.der().bytes();
                        case Reply.Failed(var error, var _) -> error.encoded();
                        case Reply.Awaited awaited -> throw new AssertionError(awaited);
                    });
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Test
    void everyStateHasItsStatus() throws Exception {
        var certificate = here.issue("D1");
        var issued = new Issued(certificate, EARLIER);
        var good = new OcspStatus.Good();
        Map<CertificateLife, OcspStatus> expected = Map.of(
                issued,
                good,
                new Installed(certificate, EARLIER, EARLIER),
                good,
                new Superseded(certificate, EARLIER, Optional.empty(), EARLIER),
                good,
                new Expired(issued),
                good,
                new OnHold(issued, EARLIER),
                new OcspStatus.Revoked(EARLIER, CrlReason.CERTIFICATE_HOLD),
                new Revoked(issued, EARLIER, CrlReason.KEY_COMPROMISE),
                new OcspStatus.Revoked(EARLIER, CrlReason.KEY_COMPROMISE));
        for (var entry : expected.entrySet()) {
            here.inventory.put(entry.getKey());
            for (var hash : HashAlgorithm.values()) {
                var request =
                        single(here.named(hash, new BigInteger(certificate.id().serialNumber(), 16)));
                assertThat(signed(request).singles().getFirst().status()).isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void whatWasNeverIssuedIsUnknown() throws Exception {
        for (var number :
                List.of(BigInteger.valueOf(7), BigInteger.ZERO, BigInteger.TWO.pow(200), BigInteger.TEN.negate())) {
            var answer = signed(single(here.named(HashAlgorithm.SHA1, number)));
            assertThat(answer.singles().getFirst().status()).isEqualTo(new OcspStatus.Unknown());
        }
    }

    @Test
    void anAnswerIsGoodForItsLifetimeAndForAnyClient() throws Exception {
        var request = here.request(here.issue("D1"));
        assertThat(reply(request)).isInstanceOfSatisfying(Reply.Cacheable.class, common -> {
            assertThat(common.single().thisUpdate()).isEqualTo(NOW);
            assertThat(common.single().nextUpdate()).isEqualTo(NOW.plus(TestResponder.LIFETIME));
        });
        assertThat(signed(request).answers(request)).isTrue();
    }

    @Test
    void anAnswerIsGivenAgainUntilHalfOfItsTime() throws Exception {
        var request = here.request(here.issue("D1"));
        var first = reply(request);
        clock.advance(TestResponder.LIFETIME.dividedBy(2).minusSeconds(1));
        assertThat(reply(request)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(reply(request)).isNotEqualTo(first);
    }

    @Test
    void aChangeOfStatusIsSeenAtOnce() throws Exception {
        var certificate = here.issue("D1");
        var request = here.request(certificate);
        assertThat(status(request)).isEqualTo(new OcspStatus.Good());
        here.inventory.put(new OnHold(new Issued(certificate, EARLIER), NOW));
        assertThat(status(request)).isInstanceOf(OcspStatus.Revoked.class);
        here.inventory.put(new Issued(certificate, EARLIER));
        assertThat(status(request)).isEqualTo(new OcspStatus.Good());
    }

    /// An answer of the one before would end with its certificate.
    @Test
    void theNextResponderSignsAnew() throws Exception {
        var request = here.request(here.issue("D1"));
        var before = signed(request);
        clock.advance(Duration.ofDays(4));
        here.certified();
        var after = signed(request);
        assertThat(after.signature()).isNotEqualTo(before.signature());
        assertThat(after.problems(authority.issuer(), clock.instant())).isEmpty();
    }

    @Test
    void noAnswerOutlivesItsResponder() throws Exception {
        clock.advance(Duration.ofDays(7).minus(Duration.ofMinutes(8)));
        var request = here.request(here.issue("D1"));
        var single = signed(request).singles().getFirst();
        assertThat(single.nextUpdate()).isBefore(clock.instant().plus(TestResponder.LIFETIME));
        clock.advance(Duration.ofMinutes(4));
        assertFailed(OcspError.TRY_LATER, reply(request));
    }

    @Test
    void anInventoryThatCanNotAnswerIsNeverGood() throws Exception {
        var request = here.request(here.issue("D1"));
        assertThat(status(request)).isEqualTo(new OcspStatus.Good());
        here.inventory.breakDown();
        assertFailed(OcspError.TRY_LATER, reply(request));
        assertFailed(OcspError.TRY_LATER, reply(new OcspRequest(request.certificates(), Optional.of(nonce()))));
    }

    @Test
    void withoutACertificateItCanOnlyBeTriedLater() throws Exception {
        var fresh = new TestResponder("ocsp-responder-1", authority, this::ask, clock);
        assertFailed(OcspError.TRY_LATER, fresh.responder().answer(fresh.request(fresh.issue("D1")), false));
    }

    @Test
    void aCaThatIsNotOursIsRefused() throws Exception {
        var stranger = new TestAuthority(clock);
        var foreign = OcspCertId.of(HashAlgorithm.SHA256, stranger.issuer(), BigInteger.ONE);
        assertFailed(OcspError.UNAUTHORIZED, reply(single(foreign)));
        var mixed = new OcspRequest(List.of(foreign, here.named(here.issue("D1"))), Optional.empty());
        assertFailed(OcspError.UNAUTHORIZED, reply(mixed));
    }

    @Test
    void aNonceIsRepeatedAndTheAnswerKeptForNobody() throws Exception {
        var request = new OcspRequest(List.of(here.named(here.issue("D1"))), Optional.of(nonce()));
        assertThat(reply(request)).isInstanceOf(Reply.Uncacheable.class);
        assertThat(signed(request).answers(request)).isTrue();
    }

    @Test
    void theReplicaThatHoldsTheSerialNumberAnswers() throws Exception {
        var there = other(OTHER);
        var certificate = there.issue("D1");
        here.owners.put(certificate.id().value(), OTHER);
        var request = here.request(certificate);
        assertThat(reply(request)).isInstanceOf(Reply.Cacheable.class);
        assertThat(status(request)).isEqualTo(new OcspStatus.Good());
        // Whom another one has sent it here does not send it back.
        there.owners.put(certificate.id().value(), THIRD);
        assertThat(status(request)).isEqualTo(new OcspStatus.Good());
        there.inventory.breakDown();
        assertFailed(OcspError.TRY_LATER, reply(request));
    }

    /// Who stands between two replicas sends what one of them said before.
    @Test
    void anOldAnswerOfAnotherReplicaIsNotToldOnWithANonce() throws Exception {
        var there = other(OTHER);
        var certificate = there.issue("D1");
        var old = ask(OTHER, here.request(certificate)).join();
        replay = Optional.of(old);
        here.owners.put(certificate.id().value(), OTHER);
        var both = List.of(here.named(certificate), here.named(here.issue("D2")));
        assertFailed(OcspError.TRY_LATER, reply(new OcspRequest(both, Optional.of(nonce()))));
        assertFailed(OcspError.TRY_LATER, reply(new OcspRequest(both, Optional.empty())));
        assertFailed(OcspError.TRY_LATER, reply(new OcspRequest(List.of(both.getFirst()), Optional.of(nonce()))));
    }

    @Test
    void whatSeveralReplicasHoldIsPutTogether() throws Exception {
        var mine = here.issue("D1");
        var good = other(OTHER).issue("D2");
        var third = other(THIRD);
        var revoked = third.issue("D3");
        third.inventory.put(new Revoked(new Issued(revoked, EARLIER), EARLIER, CrlReason.SUPERSEDED));
        here.owners.put(good.id().value(), OTHER);
        here.owners.put(revoked.id().value(), THIRD);
        var request =
                new OcspRequest(List.of(here.named(mine), here.named(good), here.named(revoked)), Optional.of(nonce()));
        var answer = signed(request);
        assertThat(answer.answers(request)).isTrue();
        assertThat(answer.singles())
                .extracting(single -> single.status())
                .containsExactly(
                        new OcspStatus.Good(),
                        new OcspStatus.Good(),
                        new OcspStatus.Revoked(EARLIER, CrlReason.SUPERSEDED));

        replicas.remove(THIRD);
        assertFailed(OcspError.TRY_LATER, reply(request));
    }

    /// One that is between the replicas can keep an answer back, and not make one.
    @Test
    void whatAReplicaIsSaidToSayIsVerified() throws Exception {
        var liar = new TestResponder("ocsp-responder-1", new TestAuthority(clock), this::ask, clock).certified();
        replicas.put(OTHER, liar);
        var mine = here.issue("D1");
        var theirs = authority.issue("D2");
        here.owners.put(theirs.id().value(), OTHER);
        var request = new OcspRequest(List.of(here.named(mine), here.named(theirs)), Optional.empty());
        assertFailed(OcspError.TRY_LATER, reply(request));
    }

    private TestResponder other(URI address) throws Exception {
        var there = new TestResponder("ocsp-responder-1", authority, this::ask, clock).certified();
        replicas.put(address, there);
        return there;
    }

    private static OcspNonce nonce() {
        return OcspNonce.of(new byte[32]);
    }

    private static OcspRequest single(OcspCertId certificate) {
        return new OcspRequest(List.of(certificate), Optional.empty());
    }

    private Reply reply(OcspRequest request) throws Exception {
        var reply = here.responder().answer(request, false);
        return reply instanceof Reply.Awaited(var later) ? later.join() : reply;
    }

    private static void assertFailed(OcspError error, Reply reply) {
        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo(error);
            assertThat(failed.reason()).isNotBlank();
        });
    }

    private OcspStatus status(OcspRequest request) throws Exception {
        return signed(request).singles().getFirst().status();
    }

    private OcspAnswer.Signed signed(OcspRequest request) throws Exception {
        var signed = read(reply(request));
        assertThat(signed.problems(authority.issuer(), clock.instant())).isEmpty();
        return signed;
    }

    private static OcspAnswer.Signed read(Reply reply) throws Exception {
        var der = switch (reply) {
            case Reply.Cacheable cacheable -> cacheable.der();
            case Reply.Uncacheable(var bytes, var _) -> bytes;
            case Reply.Failed failed -> throw new AssertionError(failed);
            case Reply.Awaited awaited -> throw new AssertionError(awaited);
        };
        return (OcspAnswer.Signed) OcspAnswer.read(der.bytes());
    }
}
