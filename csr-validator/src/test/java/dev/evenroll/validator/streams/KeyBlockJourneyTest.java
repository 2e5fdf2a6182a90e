package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.KeyBlocked;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.state.KeyBlock;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.validation.Submission;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys that a person blocks, and the certificates that carry a key.
class KeyBlockJourneyTest extends Journey {

    private final SimulatedDevice device = installation.device("EVR-1");
    private final String key = Der.of(device.keys().getPublic().getEncoded()).sha256Hex();

    @BeforeEach
    void register() {
        validator.register("EVR-1");
        validator.register("EVR-2");
        validator.registry();
    }

    private void block(String commandId, String reason) {
        block(key, commandId, reason);
    }

    private static String sha256(X509Certificate certificate) {
        return Der.of(certificate.getPublicKey().getEncoded()).sha256Hex();
    }

    private KeyClaim entry() {
        return validator
                .<String, KeyClaim>getKeyValueStore(StoreNames.KEY_CLAIM_BY_SPKI)
                .get(key);
    }

    @Test
    void aBlockedKeyIsRefusedAndReported() {
        block("c1", "published");
        var submission = device.submits();
        validator.request(submission, 4);
        assertThat(authorized()).isEmpty();
        assertThat(validator.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.getFindings()).singleElement().satisfies(finding -> {
                assertThat(finding.getRule()).isEqualTo("key-blocked");
                assertThat(finding.getMessage())
                        .isEqualTo("key: is blocked; make a new key pair on this device and enroll with it");
            });
            assertThat(refused.getAfterAcceptance()).isTrue();
        });
        assertThat(answers()).containsExactly("4: key-blocked");
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation().name()).isEqualTo("BLOCKED_KEY_PRESENTED");
            assertThat(observed.getSubject()).isEqualTo("EVR-1");
            assertThat(observed.getMessage())
                    .isEqualTo("The device EVR-1 asked for a certificate for a blocked key. "
                            + "Find out where it has the key from, and have it make a new one.");
            assertThat(observed.getAttributes()).contains(Map.entry("subjectPublicKeySha256", key));
        });
        // The enrollment in flight has ended: it is judged anew, with the same answer.
        validator.request(submission, 4);
        assertThat(answers()).containsExactly("4: key-blocked");
        validator.request(installation.device("EVR-1").submits(), 4);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void aBlockedKeyInAnotherDeviceNamesBoth() {
        validator.request(device.submits(), 1);
        validator.issue(authorization());
        block("c1", "copied");
        validator.answers();
        validator.request(installation.device("EVR-2").withKeys(device.keys()).submits(), 2);
        assertThat(answers()).containsExactly("2: key-blocked");
        assertThat(validator.observations())
                .extracting(SecurityObserved::getObservation)
                .extracting(Enum::name)
                .containsExactly("BLOCKED_KEY_PRESENTED", "KEY_CLAIMED_BY_ANOTHER_DEVICE");
    }

    @Test
    void aBlockedKeyListsTheCertificatesThatCarryIt() {
        validator.request(device.submits(), 1);
        var issued = validator.issue(authorization());
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-1", issued);
        block("c1", "copied");
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-1", issued);
        assertThat(observed()).isEmpty();
        var entry = entry();
        assertThat(entry.getDeviceId()).isEqualTo("EVR-1");
        assertThat(entry.getCertificateIds())
                .containsExactly(
                        CertificateId.of(ValidatorDriver.certificate(issued)).value());
        assertThat(entry.getBlock().getReason()).isEqualTo("copied");
        assertThat(entry.getBlock().getActor()).isEqualTo("bob");
    }

    /// Pins: of two certificates of one enrollment, the one that has to be revoked was not listed.
    @Test
    void aSecondCertificateOfAnEnrollmentIsListedUnderItsKeyToo() {
        validator.request(device.submits(), 1);
        var authorized = authorization();
        var first = validator.issue(authorized);
        var second = validator.issue(authorized);
        assertThat(entry().getCertificateIds())
                .containsExactly(
                        CertificateId.of(ValidatorDriver.certificate(first)).value(),
                        CertificateId.of(ValidatorDriver.certificate(second)).value());
    }

    /// Pins: who has blocked the key was told which certificates carry it, and nobody heard of the one that came later.
    @Test
    void aCertificateThatComesAfterTheBlockOfItsKeyIsReportedOnce() {
        validator.request(device.submits(), 1);
        var authorized = authorization();
        block("c1", "copied");
        var issued = validator.issue(authorized);
        var id = CertificateId.of(ValidatorDriver.certificate(issued)).value();
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getSubject()).isEqualTo("EVR-1");
            assertThat(observed.getMessage())
                    .isEqualTo(
                            "A certificate was issued for the device EVR-1 after its key had been blocked: revoke the "
                                    + "certificate " + id + ".");
            assertThat(observed.getAttributes())
                    .containsOnly(Map.entry("certificateId", id), Map.entry("subjectPublicKeySha256", key));
        });
        assertThat(entry().getCertificateIds()).containsExactly(id);
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-1", issued);
        assertThat(observed()).isEmpty();
    }

    private Submission renewal(X509Certificate present, KeyPair keys) {
        return installation
                .device("EVR-1")
                .renewing(present)
                .withKeys(keys)
                .submitsWithOrganization(Installation.OWNER);
    }

    /// Pins: only the key of the certificate that it renews with was refused, and so two keys could take turns.
    @Test
    void aRenewalNeedsANewKeyNotTheOneBefore() {
        validator.request(device.submits(), 1);
        var first = ValidatorDriver.certificate(validator.issue(authorization()));
        var renewal = renewal(first, Keys.generateP256());
        validator.request(renewal, 1);
        var issued = validator.issue(authorization());
        var second = ValidatorDriver.certificate(issued);
        validator.request(renewal(second, device.keys()), 2);
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).containsExactly("renewal-new-key");
        assertThat(answers()).containsExactly("2: renewal-new-key");
        // The same renewal again is no other one, also when its certificate is revoked.
        validator.request(renewal, 3);
        assertThat(answers()).containsExactly("3: certificate");
        validator.revoke(second);
        validator.request(renewal, 3);
        assertThat(authorized()).containsExactly(renewal.enrollmentId());
    }

    @Test
    void theFirstBlockStaysHoweverOftenItIsRepeated() {
        block("c1", "published");
        block("c1", "published");
        block("c2", "again");
        assertThat(entry().getBlock().getCommandId()).isEqualTo("c1");
        assertThat(entry().getDeviceId()).isEmpty();
        assertThat(validator.deadLetters()).isEmpty();
    }

    /// Pins: the two rules have one name. A refusal by the installation's list comes back after the list has been
    /// mended and the same request accepted: it must not end that enrollment.
    @Test
    void anOldRefusalByTheListOfBlockedKeysDoesNotEndALaterEnrollment() {
        installation.blocks(device.keys().getPublic());
        var submission = device.submits();
        validator.request(submission, 3);
        var old = validator.refusals().getFirst();
        assertThat(old.getFindings().getFirst().getRule()).isEqualTo("key-blocked");
        assertThat(observed()).containsExactly("BLOCKED_KEY_PRESENTED");
        installation.blocksNothing();
        validator.request(submission, 3);
        assertThat(authorized()).hasSize(1);
        validator.pipe(Topics.ENROLLMENT_REFUSED, "EVR-1", old);
        validator.request(submission, 3);
        assertThat(authorized()).isEmpty();
    }

    /// Pins: nobody got a certificate for the blocked key, but its holder got one for a key of his own.
    @Test
    void theHolderOfABlockedKeyDoesNotRenew() {
        validator.request(device.submits(), 1);
        var present = ValidatorDriver.certificate(validator.issue(authorization()));
        block("c1", "published");
        validator.request(renewal(present, Keys.generateP256()), 2);
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).containsExactly("requester-key-blocked");
        assertThat(answers()).containsExactly("2: requester-key-blocked");
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation().name()).isEqualTo("BLOCKED_KEY_PRESENTED");
            assertThat(observed.getMessage())
                    .isEqualTo("A request of CN=EVR-1,O=Charge Here Ltd for the device EVR-1 was refused: requester "
                            + "certificate: its key " + key + " is blocked; ask with a certificate over another key, "
                            + "or with a one-time token.");
        });
        // With its manufacturer's certificate the device gets another one.
        validator.request(installation.device("EVR-1").submits(), 3);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void theHolderOfABlockedManufacturersKeyIsAnsweredNothingThatIsKnown() {
        var inFlight = device.withKeys(Keys.generateP256()).submits();
        var issued = device.submits();
        validator.request(issued, 1);
        validator.issue(authorization());
        validator.request(inFlight, 1);
        assertThat(authorized()).hasSize(1);
        block(sha256(device.chain().getFirst()), "c1", "read out of the chip");
        for (var submission : List.of(inFlight, issued)) {
            validator.request(submission, 2);
            assertThat(answers()).containsExactly("2: requester-key-blocked");
        }
    }

    /// Every store is new, and the command has left its topic: what is kept for ever is left.
    @Test
    void aBlockCountsAfterAFreshStartToo() {
        validator.request(device.submits(), 1);
        var present = ValidatorDriver.certificate(validator.issue(authorization()));
        validator.pipe(
                Topics.KEY_BLOCKED,
                key,
                new KeyBlocked("test", installation.clock().instant(), key, "c1", "bob", "published"));
        validator.answers();
        validator.request(renewal(present, Keys.generateP256()), 2);
        validator.request(device.submitsWithOrganization(Installation.OWNER), 3);
        assertThat(authorized()).isEmpty();
        assertThat(answers()).containsExactly("2: requester-key-blocked", "3: key-blocked");
    }

    @Test
    void aBlockThatCanNotBeReadBlocks() {
        validator.pipe(Topics.KEY_BLOCKED, key, new byte[] {1});
        validator.request(device.submits(), 3);
        assertThat(answers()).containsExactly("3: key-blocked");
    }

    @Test
    void aBlockIsPublishedOnceWithTheCommandThatPeopleActedOn() {
        block("c1", "published");
        block("c1", "published");
        block("c2", "again");
        assertThat(validator.blockedKeys())
                .containsExactly(new KeyBlocked("test", installation.clock().instant(), key, "c1", "bob", "published"));
    }

    /// The version before kept blocks in the partition of the key only.
    @Test
    void whatAnEarlierVersionHasBlockedIsPublishedOnce() {
        validator.request(device.submits(), 1);
        var present = ValidatorDriver.certificate(validator.issue(authorization()));
        var at = installation.clock().instant();
        validator
                .<String, KeyClaim>getKeyValueStore(StoreNames.KEY_CLAIM_BY_SPKI)
                .put(
                        key,
                        KeyClaim.newBuilder(entry())
                                .setBlock(new KeyBlock("c1", "bob", "published", at))
                                .build());
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(validator.blockedKeys()).containsExactly(new KeyBlocked("test", at, key, "c1", "bob", "published"));
        validator.answers();
        validator.request(renewal(present, Keys.generateP256()), 2);
        assertThat(answers()).containsExactly("2: requester-key-blocked");
    }
}
