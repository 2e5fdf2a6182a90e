package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlLinter;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationTopologyTest {

    private static final Duration TICK = CrlProcessor.TICK;

    @TempDir
    Path stateDirectory;

    private Journey journey;

    @BeforeEach
    void open() {
        journey = new Journey(stateDirectory);
    }

    @AfterEach
    void close() {
        journey.close();
    }

    @Test
    void anIssuedCertificateIsEnteredInTheInventory() {
        var certificate = journey.issued("D1");

        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class))
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.getCertificateId())
                            .isEqualTo(certificate.id().value());
                    assertThat(status.getDeviceId()).isEqualTo("D1");
                    assertThat(status.getState()).isEqualTo(CertificateState.ISSUED);
                    assertThat(status.getRevokedAt()).isNull();
                    assertThat(Journey.der(status.getCertificate())).isEqualTo(certificate.der());
                });
        assertThat(journey.metrics
                        .counter("evenroll.certificates", "state", "issued")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theSameIssuanceTenTimesIsOneEntry() {
        var certificate = journey.authority.issue("D1");
        var event = journey.issuedEvent(certificate).build();
        for (int time = 0; time < 10; time++) {
            journey.write(Topics.CERTIFICATE_ISSUED, "D1", event);
        }

        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class))
                .hasSize(1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aRevokedCertificateIsPublishedAndStandsOnTheNextList() {
        var certificate = journey.issued("D1");
        journey.passes(TICK);
        journey.signedLists();
        journey.revocationOrdered(certificate, RevocationReason.KEY_COMPROMISE);

        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class))
                .extracting(CertificateStatus::getState)
                .containsExactly(CertificateState.ISSUED, CertificateState.REVOKED);
        assertThat(journey.read(Topics.CERTIFICATE_REVOKED, CertificateRevoked.class))
                .singleElement()
                .satisfies(revoked -> {
                    assertThat(revoked.getCertificateId())
                            .isEqualTo(certificate.id().value());
                    assertThat(revoked.getDeviceId()).isEqualTo("D1");
                    assertThat(revoked.getReason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
                    assertThat(revoked.getActor()).isEqualTo("anna");
                    assertThat(revoked.getNotAfter()).isEqualTo(certificate.notAfter());
                });
        var revokedAt = journey.clock.instant();
        journey.passes(TICK);
        assertThat(journey.signedLists()).singleElement().satisfies(list -> {
            assertThat(list.number()).isEqualTo(BigInteger.TWO);
            assertThat(list.entries())
                    .containsExactly(new RevokedEntry(
                            certificate.id().serialNumber(),
                            seconds(revokedAt).minus(CrlSchedule.CLOCK_TOLERANCE),
                            CrlReason.KEY_COMPROMISE));
            assertThat(CrlLinter.lint(list.tbsCertList(), journey.authority.issuer(), journey.clock.instant()))
                    .isEmpty();
        });
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void revokingARevokedCertificateChangesNothing() {
        var certificate = journey.issued("D1");
        journey.revocationOrdered(certificate, RevocationReason.KEY_COMPROMISE);
        journey.passes(Duration.ofSeconds(5));
        journey.signedLists();
        journey.revocationOrdered(certificate, RevocationReason.SUPERSEDED);
        journey.passes(Duration.ofSeconds(5));

        assertThat(journey.read(Topics.CERTIFICATE_REVOKED, CertificateRevoked.class))
                .hasSize(1);
        assertThat(journey.signedLists()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aLateRepetitionOfTheIssuanceDoesNotBringARevokedCertificateBack() {
        var certificate = journey.issued("D1");
        journey.revocationOrdered(certificate, RevocationReason.UNSPECIFIED);
        journey.write(
                Topics.CERTIFICATE_ISSUED,
                "D1",
                journey.issuedEvent(certificate).build());

        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class)
                        .getLast()
                        .getState())
                .isEqualTo(CertificateState.REVOKED);
    }

    @Test
    void theFirstListIsPreparedAtOnceAndEmpty() {
        journey.passes(TICK);

        assertThat(journey.signedLists()).singleElement().satisfies(list -> {
            assertThat(list.number()).isEqualTo(BigInteger.ONE);
            assertThat(list.entries()).isEmpty();
            assertThat(list.thisUpdate()).isEqualTo(Journey.START.minus(CrlSchedule.CLOCK_TOLERANCE));
            assertThat(list.nextUpdate()).isEqualTo(Journey.START.plus(Duration.ofHours(24)));
            assertThat(CrlLinter.lint(list.tbsCertList(), journey.authority.issuer(), journey.clock.instant()))
                    .isEmpty();
        });
    }

    @Test
    void aHundredRevocationsBetweenTwoTicksCostOneList() {
        journey.passes(TICK);
        journey.signedLists();
        for (int device = 0; device < 100; device++) {
            journey.revocationOrdered(journey.issued("D" + device), RevocationReason.SUPERSEDED);
        }
        journey.passes(TICK);

        assertThat(journey.signedLists())
                .singleElement()
                .extracting(PreparedCrl::entries)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(100);
    }

    @Test
    void withoutRevocationsAListIsMadeAtHalfOfTheLifetime() {
        journey.passes(TICK);
        journey.signedLists();
        journey.passes(Duration.ofHours(11));
        assertThat(journey.signedLists()).isEmpty();
        journey.passes(Duration.ofHours(1));

        assertThat(journey.signedLists()).extracting(PreparedCrl::number).containsExactly(BigInteger.TWO);
    }

    @Test
    void anEntryStandsOnOneListAfterExpiryAndThenLeaves() {
        var certificate = journey.issued("D1");
        journey.revocationOrdered(certificate, RevocationReason.SUPERSEDED);
        journey.passes(TICK);
        journey.signedLists();
        journey.passes(Duration.ofDays(365));
        assertThat(journey.signedLists().getLast())
                .extracting(Journey::serialNumbers)
                .isEqualTo(List.of(certificate.id().serialNumber()));
        journey.passes(Duration.ofHours(12));

        assertThat(journey.signedLists().getLast())
                .extracting(Journey::serialNumbers)
                .isEqualTo(List.of());
    }

    @Test
    void anOrderFromAClockThatIsAheadDoesNotSpoilTheList() {
        var certificate = journey.issued("D1");
        journey.write(
                Topics.REVOCATION_REQUESTED,
                certificate.id().value(),
                journey.orderEvent(certificate, RevocationReason.SUPERSEDED)
                        .setOccurredAt(journey.clock.instant().plus(Duration.ofHours(1)))
                        .build());
        journey.passes(Duration.ofSeconds(1));

        var list = journey.signedLists().getLast();
        assertThat(list.entries()).hasSize(1);
        assertThat(CrlLinter.lint(list.tbsCertList(), journey.authority.issuer(), journey.clock.instant()))
                .isEmpty();
    }

    private List<DeadLetter> deadLetters() {
        return journey.read(Topics.deadLetter(Principal.REVOCATION_SERVICE), DeadLetter.class);
    }
}
