package dev.evenroll.revocation.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateLifeTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestAuthority authority = new TestAuthority(new MovableClock(NOW));
    private final IssuedCertificate certificate = authority.issue("D1");
    private final CertificateLife.Issued issued = new CertificateLife.Issued(certificate, NOW);

    private RevocationOrder order(Instant at) {
        return new RevocationOrder(certificate.id(), CrlReason.SUPERSEDED, "anna", at);
    }

    @Test
    void isRevokedWhenItWasOrdered() {
        var earlier = NOW.minusSeconds(3);

        assertThat(issued.carryOut(order(earlier), NOW))
                .contains(new CertificateLife.Revoked(issued, earlier, CrlReason.SUPERSEDED));
    }

    /// Pins: an order from a machine whose clock is ahead must not make every later CRL unsignable.
    @Test
    void isNeverRevokedInTheFuture() {
        assertThat(issued.carryOut(order(NOW.plusSeconds(3600)), NOW))
                .contains(new CertificateLife.Revoked(issued, NOW, CrlReason.SUPERSEDED));
    }

    private RevocationOrder order(CrlReason reason) {
        return new RevocationOrder(certificate.id(), reason, "anna", NOW);
    }

    private List<CertificateLife> states() {
        var installed = new CertificateLife.Installed(certificate, NOW, NOW.plusSeconds(1));
        var superseded = new CertificateLife.Superseded(certificate, NOW, Optional.empty(), NOW.plusSeconds(2));
        return List.of(
                issued,
                installed,
                superseded,
                new CertificateLife.OnHold(installed, NOW),
                new CertificateLife.Expired(superseded),
                new CertificateLife.Revoked(issued, NOW, CrlReason.KEY_COMPROMISE));
    }

    /// The table at the type, row by row: states as in [#states].
    @ParameterizedTest
    @CsvSource({
        "0, INSTALL, Installed",
        "0, SUPERSEDE, Superseded",
        "0, HOLD, OnHold",
        "0, RELEASE, -",
        "0, EXPIRE, Expired",
        "0, REVOKE, Revoked",
        "1, INSTALL, -",
        "1, SUPERSEDE, Superseded",
        "1, HOLD, OnHold",
        "1, RELEASE, -",
        "1, EXPIRE, Expired",
        "1, REVOKE, Revoked",
        "2, INSTALL, -",
        "2, SUPERSEDE, -",
        "2, HOLD, OnHold",
        "2, RELEASE, -",
        "2, EXPIRE, Expired",
        "2, REVOKE, Revoked",
        "3, HOLD, -",
        "3, RELEASE, Installed",
        "3, EXPIRE, -",
        "3, REVOKE, Revoked",
        "4, HOLD, -",
        "4, RELEASE, -",
        "4, EXPIRE, -",
        "4, REVOKE, Revoked",
        "5, HOLD, -",
        "5, RELEASE, -",
        "5, EXPIRE, -",
        "5, REVOKE, -",
    })
    void goesFromStateToState(int state, String event, String next) {
        var life = states().get(state);

        var after = switch (event) {
            case "INSTALL" -> ((CertificateLife.InService) life).install(NOW);
            case "SUPERSEDE" -> ((CertificateLife.InService) life).supersede(NOW);
            case "HOLD" -> life.carryOut(order(CrlReason.CERTIFICATE_HOLD), NOW);
            case "RELEASE" -> life.carryOut(order(CrlReason.REMOVE_FROM_CRL), NOW);
            case "EXPIRE" -> life.expire();
            default -> life.carryOut(order(CrlReason.SUPERSEDED), NOW);
        };

        assertThat(after.map(any -> any.getClass().getSimpleName()).orElse("-")).isEqualTo(next);
        assertThat(after.map(CertificateLife::certificate).orElse(certificate)).isEqualTo(certificate);
    }

    @Test
    void aReleasedCertificateIsWhatItWasBefore() {
        var installed = states().get(1);
        var held = installed.carryOut(order(CrlReason.CERTIFICATE_HOLD), NOW).orElseThrow();

        assertThat(held.carryOut(order(CrlReason.REMOVE_FROM_CRL), NOW)).contains(installed);
    }

    /// Its end alone would make it good for whoever asks.
    @Test
    void oneThatEndsOnHoldStaysThereUntilItIsReleased() {
        var held = new CertificateLife.OnHold(issued, NOW);
        var release = order(CrlReason.REMOVE_FROM_CRL);

        assertThat(held.carryOut(release, certificate.notAfter().minusMillis(1)))
                .contains(issued);
        assertThat(held.carryOut(release, certificate.notAfter())).contains(new CertificateLife.Expired(issued));
    }

    @Test
    void ordersOnlyForReasonsOfDevices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevocationOrder(certificate.id(), CrlReason.CA_COMPROMISE, "anna", NOW))
                .withMessage("reason: cACompromise is not one of [unspecified, keyCompromise, affiliationChanged,"
                        + " superseded, cessationOfOperation, privilegeWithdrawn], certificateHold, removeFromCRL");
    }

    @ParameterizedTest
    @CsvSource({
        "keyCompromise, KEY_COMPROMISE",
        "key-compromise, KEY_COMPROMISE",
        "KEY_COMPROMISE, KEY_COMPROMISE",
        "cessationOfOperation, CESSATION_OF_OPERATION",
        "unspecified, UNSPECIFIED",
    })
    void readsReasonsAsPeopleWriteThem(String written, CrlReason reason) {
        assertThat(RevocationOrder.reason(written)).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"certificateHold", "cACompromise", "boredom", "''"})
    void readsNothingElse(String written) {
        assertThat(RevocationOrder.reason(written)).isEmpty();
    }

    @Test
    void acceptsWhatIsConsistent() throws MalformedException {
        certificate.requireConsistent();
    }

    @Test
    void namesTheCertificateThatIsMeantByAnotherName() {
        var other = authority.issue("D2");
        var mixed = new IssuedCertificate(
                other.id(),
                "D2",
                other.enrollmentId(),
                other.profile(),
                other.notBefore(),
                other.notAfter(),
                certificate.der());

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(mixed::requireConsistent)
                .withMessage("certificateId: is " + other.id() + ", but the certificate is " + certificate.id());
    }

    @Test
    void namesAValidityThatDiffers() {
        var longer = new IssuedCertificate(
                certificate.id(),
                "D1",
                certificate.enrollmentId(),
                certificate.profile(),
                certificate.notBefore(),
                certificate.notAfter().plusSeconds(1),
                certificate.der());

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(longer::requireConsistent)
                .withMessageStartingWith("notBefore, notAfter: are ");
    }
}
