package dev.evenroll.revocation.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.ocsp.Responders.Offer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RespondersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final TestAuthority authority = new TestAuthority(clock);
    private final String keyId = authority.issuer().keyId();
    private final Responders responders = new Responders("ocsp-responder-0", Issuers.of(authority.issuer()));

    @Test
    void aNewOneAsksForTheSameKeyLessAndLessOften() {
        var first = wanted();
        assertThat(first.responder()).isEqualTo("ocsp-responder-0");
        assertThat(first.issuerKeyId()).isEqualTo(keyId);
        assertThat(responders.wanted(clock.instant())).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(responders.wanted(clock.instant())).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(authority.certify(wanted()).getPublicKey())
                .isEqualTo(authority.certify(first).getPublicKey());
        for (int minutes : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(responders.wanted(clock.instant())).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            wanted();
        }
        assertThat(responders.signer(keyId, clock.instant())).isEmpty();
        assertThat(responders.facts(clock.instant()).get(keyId)).startsWith("waits for a certificate");
    }

    @Test
    void itSignsWithItsCertificateUntilTheNextOneIsThere() throws Exception {
        var first = authority.certify(wanted());
        assertThat(responders.offer(keyId, first, clock.instant())).isEqualTo(Offer.TAKEN);
        assertThat(signing()).isEqualTo(first);
        assertThat(responders.facts(clock.instant()))
                .containsEntry(keyId, "certified until " + first.getNotAfter().toInstant());

        clock.advance(Duration.ofDays(3));
        assertThat(responders.wanted(clock.instant())).isEmpty();
        clock.advance(Duration.ofHours(12));
        var next = authority.certify(wanted());
        assertThat(signing()).isEqualTo(first);
        assertThat(next.getPublicKey()).isNotEqualTo(first.getPublicKey());
        assertThat(responders.offer(keyId, next, clock.instant())).isEqualTo(Offer.TAKEN);
        assertThat(signing()).isEqualTo(next);
    }

    @Test
    void aCertificateThatHasEndedSignsNothing() throws Exception {
        assertThat(responders.offer(keyId, authority.certify(wanted()), clock.instant()))
                .isEqualTo(Offer.TAKEN);
        clock.advance(Duration.ofDays(7).minus(Duration.ofMinutes(6)));
        assertThat(responders.signer(keyId, clock.instant())).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(responders.signer(keyId, clock.instant())).isEmpty();
    }

    @Test
    void aClockThatIsSetBackSilencesNobody() {
        clock.advance(Duration.ofDays(300));
        wanted();
        clock.advance(Duration.ofDays(-300));
        wanted();
    }

    /// Whose clock is ahead would else ask every second: half of the certificate's life is over when it comes.
    @Test
    void halfOfWhatIsLeftCounts() throws Exception {
        var late = authority.certify(wanted());
        clock.advance(Duration.ofDays(5));
        assertThat(responders.offer(keyId, late, clock.instant())).isEqualTo(Offer.TAKEN);
        assertThat(responders.wanted(clock.instant())).isEmpty();
        clock.advance(Duration.ofDays(1));
        wanted();
    }

    @Test
    void aCertificateThatIsNotValidNowDoesNotReplaceOneThatIs() throws Exception {
        var first = authority.certify(wanted());
        assertThat(responders.offer(keyId, first, clock.instant())).isEqualTo(Offer.TAKEN);
        clock.advance(Duration.ofDays(4));
        var asked = wanted();
        clock.advance(Duration.ofDays(1));
        var early = authority.certify(asked);
        clock.advance(Duration.ofDays(-1));
        assertThat(responders.offer(keyId, early, clock.instant())).isEqualTo(Offer.NOT_VALID_NOW);
        assertThat(signing()).isEqualTo(first);
    }

    /// A certificate never outlives its CA: the next one would end as soon.
    @Test
    void oneThatEndsWithItsCaHasNoSuccessor() throws Exception {
        clock.advance(Duration.between(NOW, authority.issuer().notAfter()).minusDays(2));
        assertThat(responders.offer(keyId, authority.certify(wanted()), clock.instant()))
                .isEqualTo(Offer.TAKEN);
        clock.advance(Duration.ofHours(47));
        assertThat(responders.wanted(clock.instant())).isEmpty();
        assertThat(responders.signer(keyId, clock.instant())).isPresent();
    }

    /// The topic holds those of earlier starts, too.
    @Test
    void aCertificateForAnotherKeyIsPassedOver() throws Exception {
        var stranger = new Responders("ocsp-responder-0", Issuers.of(authority.issuer()));
        var other = authority.certify(stranger.wanted(clock.instant()).getFirst());
        assertThat(responders.offer(keyId, other, clock.instant())).isEqualTo(Offer.NOT_OURS);
        wanted();
        assertThat(responders.offer(keyId, other, clock.instant())).isEqualTo(Offer.NOT_OURS);
        assertThat(responders.signer(keyId, clock.instant())).isEmpty();
    }

    @Test
    void aCertificateOfAnotherCaIsRefused() {
        var asked = wanted();
        var forged = new TestAuthority(clock).certify(asked);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> responders.offer(keyId, forged, clock.instant()))
                .withMessageContaining("is not one that " + keyId + " has signed");
        assertThat(responders.signer(keyId, clock.instant())).isEmpty();
    }

    @Test
    void aCaThatIsNotValidIsNotAsked() {
        assertThat(responders.wanted(NOW.minus(Duration.ofDays(2)))).isEmpty();
        assertThat(responders.wanted(authority.issuer().notAfter())).isEmpty();
    }

    private Responders.Wanted wanted() {
        var wanted = responders.wanted(clock.instant());
        assertThat(wanted).hasSize(1);
        return wanted.getFirst();
    }

    private X509Certificate signing() {
        return responders.signer(keyId, clock.instant()).orElseThrow().certificate();
    }
}
