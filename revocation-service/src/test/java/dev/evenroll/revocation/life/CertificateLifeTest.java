package dev.evenroll.revocation.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import java.time.Instant;
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

        assertThat(issued.revoke(order(earlier), NOW))
                .isEqualTo(new CertificateLife.Revoked(certificate, earlier, CrlReason.SUPERSEDED));
    }

    /// Pins: an order from a machine whose clock is ahead must not make every later CRL unsignable.
    @Test
    void isNeverRevokedInTheFuture() {
        assertThat(issued.revoke(order(NOW.plusSeconds(3600)), NOW).revokedAt()).isEqualTo(NOW);
    }

    @Test
    void ordersOnlyForReasonsOfDevices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevocationOrder(certificate.id(), CrlReason.CERTIFICATE_HOLD, "anna", NOW))
                .withMessage("reason: certificateHold is not one of [unspecified, keyCompromise, affiliationChanged,"
                        + " superseded, cessationOfOperation, privilegeWithdrawn]");
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
                other.id(), "D2", other.enrollmentId(), other.notBefore(), other.notAfter(), certificate.der());

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
                certificate.notBefore(),
                certificate.notAfter().plusSeconds(1),
                certificate.der());

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(longer::requireConsistent)
                .withMessageStartingWith("notBefore, notAfter: are ");
    }
}
