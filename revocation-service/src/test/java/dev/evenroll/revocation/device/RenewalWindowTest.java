package dev.evenroll.revocation.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.life.CertificateLife;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RenewalWindowTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Renewal TERMS = new Renewal(60, 0, 80, Duration.ofDays(3), Duration.ofDays(2));

    private final CertificateLife.Issued issued =
            new CertificateLife.Issued(new TestAuthority(new MovableClock(NOW)).issue("D1"), NOW);
    private final Instant begin = issued.certificate().notBefore();

    @Test
    void whatIsGoodIsRenewedWhenItIsDue() {
        var life = Duration.between(begin, issued.certificate().notAfter());

        assertThat(RenewalWindow.of(issued, TERMS))
                .isEqualTo(new RenewalWindow(
                        begin.plus(life.multipliedBy(60).dividedBy(100)),
                        begin.plus(life.multipliedBy(70).dividedBy(100))));
    }

    /// RFC 9773 section 4.2: a window in the past says now.
    @Test
    void whatIsWithdrawnIsRenewedNow() {
        var held = new CertificateLife.OnHold(issued, NOW);
        var revoked = new CertificateLife.Revoked(issued, begin, CrlReason.KEY_COMPROMISE);

        assertThat(RenewalWindow.of(held, TERMS)).isEqualTo(new RenewalWindow(begin, NOW));
        assertThat(RenewalWindow.of(revoked, TERMS)).isEqualTo(new RenewalWindow(begin, begin.plusSeconds(1)));
        assertThat(RenewalWindow.of(new CertificateLife.Expired(issued), TERMS).end())
                .isEqualTo(issued.certificate().notAfter());
    }
}
