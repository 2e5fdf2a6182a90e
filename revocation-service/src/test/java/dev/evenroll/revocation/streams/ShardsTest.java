package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlAddresses;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlLinter;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.revocation.crl.CrlProgress;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.RevokedCertificate;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.event.RevocationReason;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight lists of a CA, two of which belong to the only partition that the driver has; and what has changed on each.
class ShardsTest {

    private static final Duration TICK = CrlProcessor.TICK;
    private static final int SHARDS = 8;
    private static final int OWN = SHARDS / RevocationTopology.SHARD_PARTITIONS;

    @TempDir
    Path stateDirectory;

    private Journey journey;

    @BeforeEach
    void open() {
        journey = new Journey(stateDirectory, SHARDS);
    }

    @AfterEach
    void close() {
        journey.close();
    }

    @Test
    void emptyListsAreSignedToo() {
        journey.passes(TICK);

        var lists = journey.signedLists();
        assertThat(lists).hasSize(OWN).allSatisfy(list -> {
            assertThat(list.entries()).isEmpty();
            assertThat(list.kind()).isEqualTo(new CrlKind.Complete(null));
            assertThat(CrlLinter.lint(list.tbsCertList(), journey.authority.issuer(), journey.clock.instant()))
                    .isEmpty();
        });
        assertThat(lists.stream().flatMap(list -> list.addresses().stream()))
                .doesNotHaveDuplicates()
                .hasSize(OWN);
        assertThat(journey.deltas()).isEmpty();
    }

    /// RFC 5280 section 6.3.3: a list counts for the certificates that name it as it names itself, and for no others.
    @Test
    void aRevocationCostsTheListThatTheCertificateNames() {
        journey.passes(TICK);
        journey.signedLists();
        var certificate = issuedOn(4);
        journey.revocationOrdered(certificate, RevocationReason.KEY_COMPROMISE);
        journey.passes(TICK);

        assertThat(journey.signedLists()).singleElement().satisfies(list -> {
            assertThat(list.addresses())
                    .containsExactly(CrlAddresses.of(certificate.decoded()).orElseThrow());
            assertThat(Journey.serialNumbers(list))
                    .containsExactly(certificate.id().serialNumber());
        });
    }

    @Test
    void aDeltaListHoldsWhatCameSinceItsBase() {
        journey.passes(TICK);
        journey.signedLists();
        int shard = 4;
        revokedOn(shard);
        var first = journey.deltas().getFirst();
        assertThat(first.kind()).isEqualTo(new CrlKind.Delta(1));
        assertThat(first.number()).isEqualTo(BigInteger.TWO);

        var revocations = List.of(revokedOn(shard), revokedOn(shard));

        var delta = journey.deltas().getFirst();
        assertThat(delta.kind()).isEqualTo(new CrlKind.Delta(1));
        assertThat(Journey.serialNumbers(delta)).hasSize(3).containsAll(revocations);
        journey.passes(Duration.ofHours(12));
        var renewed = journey.signedLists().stream()
                .filter(list -> journey.name(list).shard() == shard)
                .findFirst()
                .orElseThrow();
        assertThat(Journey.serialNumbers(renewed)).hasSize(3);
        assertThat(renewed.kind())
                .isEqualTo(new CrlKind.Complete(journey.authority
                        .addresses()
                        .delta(journey.authority.issuer().keyId(), shard)
                        .orElseThrow()));
        assertThat(journey.deltas().stream().filter(list -> journey.name(list).shard() == shard))
                .singleElement()
                .satisfies(list -> {
                    assertThat(list.kind()).isEqualTo(new CrlKind.Delta(4));
                    assertThat(list.entries()).isEmpty();
                    assertThat(list.number()).isEqualTo(renewed.number());
                });
    }

    private List<RevokedEntry> ordered(IssuedCertificate certificate, RevocationReason reason) {
        journey.revocationOrdered(certificate, reason);
        journey.passes(TICK);
        var complete = journey.signedLists().getFirst().entries();
        for (var list : journey.deltas()) {
            assertThat(CrlLinter.lint(list.tbsCertList(), journey.authority.issuer(), journey.clock.instant()))
                    .isEmpty();
        }
        return complete;
    }

    private List<CrlReason> saidByTheDeltaList() {
        return journey.deltas().getFirst().entries().stream()
                .map(RevokedEntry::reason)
                .toList();
    }

    /// RFC 5280 section 5.3.1: a release is said on delta lists, to those who have a list with the certificate.
    @Test
    void aHeldCertificateStandsOnTheListUntilItIsReleased() {
        journey.passes(TICK);
        journey.signedLists();
        var certificate = issuedOn(4);

        assertThat(ordered(certificate, RevocationReason.CERTIFICATE_HOLD))
                .extracting(RevokedEntry::reason)
                .containsExactly(CrlReason.CERTIFICATE_HOLD);
        assertThat(saidByTheDeltaList()).containsExactly(CrlReason.CERTIFICATE_HOLD);
        assertThat(ordered(certificate, RevocationReason.REMOVE_FROM_CRL)).isEmpty();
        assertThat(saidByTheDeltaList()).containsExactly(CrlReason.REMOVE_FROM_CRL);
        assertThat(ordered(certificate, RevocationReason.CERTIFICATE_HOLD)).hasSize(1);
        assertThat(ordered(certificate, RevocationReason.KEY_COMPROMISE))
                .extracting(RevokedEntry::reason)
                .containsExactly(CrlReason.KEY_COMPROMISE);
        assertThat(saidByTheDeltaList()).containsExactly(CrlReason.KEY_COMPROMISE);
    }

    @Test
    void aReleaseIsForgottenWhenDeltaListsAreRelativeToAListWithoutTheCertificate() {
        journey.passes(TICK);
        journey.signedLists();
        var certificate = issuedOn(4);
        ordered(certificate, RevocationReason.CERTIFICATE_HOLD);
        ordered(certificate, RevocationReason.REMOVE_FROM_CRL);
        var shard = new CrlShard(journey.authority.issuer().keyId(), 4);
        var stores = new ShardStores(
                journey.driver.getKeyValueStore(RevocationTopology.REVOKED_BY_SHARD),
                journey.driver.getKeyValueStore(RevocationTopology.CRL_BY_SHARD));
        journey.passes(TICK);
        List<RevokedCertificate> before = stores.read(shard, stored -> stored.toList());
        assertThat(before).hasSize(1);

        journey.passes(Duration.ofHours(13));
        journey.signedLists();
        journey.passes(TICK);

        List<RevokedCertificate> after = stores.read(shard, stored -> stored.toList());
        assertThat(after).isEmpty();
    }

    /// What stands in the stores is all that is left after a restart.
    @Test
    void numberAndBaseAreInTheStores() {
        journey.passes(TICK);
        journey.signedLists();
        revokedOn(4);
        var shard = new CrlShard(journey.authority.issuer().keyId(), 4);

        var stores = new ShardStores(
                journey.driver.getKeyValueStore(RevocationTopology.REVOKED_BY_SHARD),
                journey.driver.getKeyValueStore(RevocationTopology.CRL_BY_SHARD));

        assertThat(stores.progress(shard)).hasValueSatisfying(progress -> {
            assertThat(progress.number()).isEqualTo(2);
            assertThat(progress.changed()).isFalse();
            assertThat(progress.base()).map(CrlProgress.Base::number).contains(1L);
        });
        List<RevokedCertificate> revoked = stores.read(shard, stored -> stored.toList());
        assertThat(revoked).extracting(RevokedCertificate::sinceNumber).containsExactly(2L);
    }

    private String revokedOn(int shard) {
        var certificate = issuedOn(shard);
        journey.revocationOrdered(certificate, RevocationReason.SUPERSEDED);
        journey.passes(TICK);
        journey.signedLists();
        return certificate.id().serialNumber();
    }

    /// Serial numbers are random: issues until one falls into the shard.
    private IssuedCertificate issuedOn(int shard) {
        while (true) {
            var certificate = journey.issued("D1");
            var addresses = journey.authority.addresses();
            if (addresses.shardOf(certificate.decoded(), certificate.id().issuerKeyId()) == shard) {
                return certificate;
            }
        }
    }
}
