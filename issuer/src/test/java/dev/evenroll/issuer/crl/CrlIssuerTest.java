package dev.evenroll.issuer.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestCrls;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.crl.CrlHead;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlPreparation;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which revocation lists are signed, and which are not.
class CrlIssuerTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final OptionalLong NONE = OptionalLong.empty();

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();
    private final TestAuthorities authorities = TestAuthorities.of(ca, key);
    private final CrlIssuer issuer = new CrlIssuer(authorities, TestCrls.ADDRESSES, TestCa.CLOCK);

    @Test
    void theSignedListVerifiesAndNamesTheRevokedCertificate() throws Exception {
        var crl = issuer.issue(admitted(candidate(7, prepare(7, TestCa.NOW, DAY)), OptionalLong.of(6)));
        var decoded =
                (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(crl.bytes()));
        decoded.verify(ca.authority().certificate().getPublicKey());
        assertThat(decoded.getRevokedCertificate(BigInteger.valueOf(0x0102))).isNotNull();
    }

    @Test
    void theFirstListOfAShard() {
        assertThat(issuer.admit(candidate(1, prepare(1, TestCa.NOW, DAY)), NONE))
                .isInstanceOf(CrlAdmission.Admitted.class);
    }

    @Test
    void aNumberThatDoesNotRise() {
        assertThat(failures(candidate(7, prepare(7, TestCa.NOW, DAY)), OptionalLong.of(7)))
                .containsExactly(new Failure(
                        "crl-number",
                        "cRLNumber: 7 is not above 7, the last one signed for shard 0; numbers must rise (RFC 5280 section "
                                + "5.2.3), so prepare the list with a higher one."));
    }

    /// Above the last number of all there is none: no list of the shard could be signed again.
    @Test
    void aNumberThatLeavesNoneForThoseThatFollow() {
        assertThat(failures(candidate(Long.MAX_VALUE, prepare(Long.MAX_VALUE, TestCa.NOW, DAY)), OptionalLong.of(7)))
                .containsExactly(new Failure(
                        "crl-number",
                        "cRLNumber: 9223372036854775807 is more than 4294967296 above 7, the last one signed for shard 0, "
                                + "and numbers rise by one; find out who wrote the record."));
        long first = CrlIssuer.HIGHEST_RISE + 1;
        assertThat(failures(candidate(first, prepare(first, TestCa.NOW, DAY)), NONE))
                .extracting(Failure::rule)
                .containsExactly("crl-number");
        long last = CrlIssuer.HIGHEST_RISE + 7;
        assertThat(issuer.admit(candidate(last, prepare(last, TestCa.NOW, DAY)), OptionalLong.of(7)))
                .isInstanceOf(CrlAdmission.Admitted.class);
    }

    @Test
    void anotherNumberThanTheRecordSays() {
        assertThat(failures(candidate(8, prepare(7, TestCa.NOW, DAY)), NONE))
                .containsExactly(new Failure(
                        "crl-number",
                        "cRLNumber: the record says 8, the list inside 7; find out who wrote the record."));
    }

    @Test
    void aListThatLastsTooLong() {
        assertThat(failures(candidate(7, prepare(7, TestCa.NOW, Duration.ofDays(33))), NONE))
                .containsExactly(new Failure(
                        "update-times",
                        "nextUpdate: 2026-12-25T10:00:00Z lies more than 32 days after thisUpdate 2026-11-22T10:00:00Z; "
                                + "shorten the lifetime of the list."));
    }

    @Test
    void aListOfTheFuture() {
        assertThat(failures(candidate(7, prepare(7, TestCa.NOW.plus(DAY), DAY)), NONE))
                .extracting(Failure::rule)
                .contains("update-times");
    }

    @Test
    void aListWhoseTimeHasPassedIsStaleNotHostile() {
        assertThat(issuer.admit(candidate(7, prepare(7, TestCa.NOW.minus(DAY), DAY)), NONE))
                .isEqualTo(new CrlAdmission.Stale(
                        "The list was to be replaced on 2026-11-22T10:00:00Z and was not signed in "
                                + "time; revocation-service prepares the next one by itself."));
    }

    @Test
    void theListOfAnotherCa() {
        var other = TestCa.create();
        var list = TestCrls.complete(other.certificate(), 0, 7, TestCa.NOW, DAY);
        assertThat(failures(new CrlCandidate(other.certificate().keyId(), 0, 7, NONE, list), NONE))
                .extracting(Failure::rule)
                .containsExactly("issuer-key-id");
    }

    @Test
    void theListOfAFormerCaIsSignedWithItsKeyUntilThatIsLost() throws Exception {
        var candidate = candidate(7, prepare(7, TestCa.NOW, DAY));
        authorities.and(TestCa.create(), TestCa.create().key());
        assertThat(issuer.issue(admitted(candidate, NONE))).isNotNull();

        authorities.lose("The CA issuing-1 is lost.");
        assertThat(issuer.admit(candidate, NONE)).isEqualTo(new CrlAdmission.Stale("The CA issuing-1 is lost."));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4096})
    void aShardThatNoCaHas(int shard) {
        var list = prepare(7, TestCa.NOW, DAY);
        assertThat(failures(new CrlCandidate(ca.certificate().keyId(), shard, 7, NONE, list), NONE))
                .contains(new Failure(
                        "shard", "shard: " + shard + " is not between 0 and 4095; find out who wrote the record."));
    }

    /// Else the list of an empty shard could take back what that of another says.
    @Test
    void theListOfAnotherShard() {
        var list = prepare(7, TestCa.NOW, DAY);
        var keyId = ca.certificate().keyId();
        assertThat(failures(new CrlCandidate(keyId, 1, 7, NONE, list), NONE))
                .containsExactly(new Failure(
                        "issuing-distribution-point",
                        "issuingDistributionPoint: is [http://crl.example/%1$s-0.crl], but certificates name shard 1"
                                        .formatted(keyId)
                                + " [http://crl.example/%1$s-1.crl]; give issuer and revocation-service the same"
                                        .formatted(keyId)
                                + " evenroll.profiles and evenroll.ca.crl-url, and start both anew."));
    }

    @Test
    void aListThatSpeaksOfAllCertificatesOfTheCa() {
        var all = CrlPreparation.prepare(
                ca.certificate(),
                new CrlHead(7, TestCa.NOW, TestCa.NOW.plus(DAY), List.of(), new CrlKind.Complete(null)),
                Collections.emptyIterator());
        assertThat(failures(candidate(7, all), NONE))
                .extracting(Failure::rule)
                .containsExactly("issuing-distribution-point");
    }

    @Test
    void aDeltaListContinuesItsOwnNumbers() throws Exception {
        var delta = TestCrls.delta(ca.certificate(), 0, 7, 5, TestCa.NOW, DAY);
        assertThat(issuer.issue(admitted(
                        new CrlCandidate(ca.certificate().keyId(), 0, 7, OptionalLong.of(5), delta),
                        OptionalLong.of(6))))
                .isNotNull();
    }

    @Test
    void aDeltaListIsNotSignedAsACompleteOne() {
        var delta = TestCrls.delta(ca.certificate(), 0, 7, 5, TestCa.NOW, DAY);
        assertThat(failures(candidate(7, delta), NONE))
                .extracting(Failure::rule)
                .containsExactly("scope");
        assertThat(failures(new CrlCandidate(ca.certificate().keyId(), 0, 7, OptionalLong.of(4), delta), NONE))
                .extracting(Failure::rule)
                .containsExactly("scope");
    }

    @Test
    void aDeltaListSomewhereElse() {
        var list = CrlPreparation.prepare(
                ca.certificate(),
                new CrlHead(
                        7,
                        TestCa.NOW,
                        TestCa.NOW.plus(DAY),
                        TestCrls.ADDRESSES.of(ca.certificate().keyId(), 0),
                        new CrlKind.Complete("http://elsewhere.example/delta.crl")),
                Collections.emptyIterator());
        assertThat(failures(candidate(7, list), NONE)).extracting(Failure::rule).containsExactly("scope");
    }

    @Test
    void bytesThatAreNoList() {
        assertThat(failures(candidate(7, Der.of(new byte[] {48, 3, 2, 1, 1})), NONE))
                .extracting(Failure::rule)
                .containsExactly("tbs-cert-list");
    }

    @Test
    void aWrongSignatureNeverLeaves() {
        var admitted = admitted(candidate(7, prepare(7, TestCa.NOW, DAY)), NONE);
        key.goStale();
        assertThatExceptionOfType(SigningFaultException.class)
                .isThrownBy(() -> issuer.issue(admitted))
                .withMessageStartingWith("The fake key returned a wrong signature: ");
    }

    private Der prepare(long number, Instant thisUpdate, Duration lifetime) {
        return TestCrls.complete(
                ca.certificate(),
                0,
                number,
                thisUpdate,
                lifetime,
                new RevokedEntry("0102", TestCa.NOW.minus(DAY), CrlReason.KEY_COMPROMISE));
    }

    private CrlCandidate candidate(long number, Der list) {
        return new CrlCandidate(ca.certificate().keyId(), 0, number, NONE, list);
    }

    private CrlAdmission.Admitted admitted(CrlCandidate candidate, OptionalLong last) {
        return switch (issuer.admit(candidate, last)) {
            case CrlAdmission.Admitted admitted -> admitted;
            case CrlAdmission.Stale stale -> throw new AssertionError(stale);
            case CrlAdmission.Rejected rejected -> throw new AssertionError(rejected);
        };
    }

    private List<Failure> failures(CrlCandidate candidate, OptionalLong last) {
        return switch (issuer.admit(candidate, last)) {
            case CrlAdmission.Admitted admitted -> throw new AssertionError(admitted);
            case CrlAdmission.Stale stale -> throw new AssertionError(stale);
            case CrlAdmission.Rejected rejected -> rejected.failures();
        };
    }
}
