package dev.evenroll.issuer.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.Profile;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Certificates of every profile with octets changed: what the linter passes differs from what was prepared in the
/// serial number, the validity and the texts of the subject only, and there within what the profile says.
class ProfileMutationTest {

    private static final int MUTATIONS = 4_000;

    private final TestCa ca = TestCa.create();

    static Stream<Profile> profiles() {
        return Stream.of(TestProfiles.builtIn(), TestProfiles.example()).flatMap(profiles -> profiles.all().stream());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void whatIsFixedByTheProfileCanNotBeChanged(Profile profile) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(45);
        var prepared = prepare(profile);
        var good = TBSCertificate.getInstance(prepared.bytes());
        int passed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            var changed = Der.of(mutated(prepared.bytes(), random));
            var failures = TbsLinter.lint(changed, ca.certificate(), profile, TestCa.NOW);
            assertThat(failures)
                    .allSatisfy(failure -> assertThat(failure.message()).isNotBlank());
            if (failures.isEmpty() && !changed.equals(prepared)) {
                passed++;
                assertSameButForWhatVaries(good, TBSCertificate.getInstance(changed.bytes()), profile);
            }
        }
        // Else this proves nothing: the serial number can change where there is one shard.
        assertThat(passed).isGreaterThan(profile.shards() == 1 ? 20 : 0);
    }

    private static void assertSameButForWhatVaries(TBSCertificate good, TBSCertificate changed, Profile profile) {
        assertThat(changed.getSubjectPublicKeyInfo()).isEqualTo(good.getSubjectPublicKeyInfo());
        assertThat(changed.getExtensions()).isEqualTo(good.getExtensions());
        assertThat(changed.getIssuer()).isEqualTo(good.getIssuer());
        assertThat(changed.getSignature()).isEqualTo(good.getSignature());
        if (profile.crlDistributionPoint().isPresent()) {
            assertThat(profile.shard(changed.getSerialNumber().getValue()))
                    .isEqualTo(profile.shard(good.getSerialNumber().getValue()));
        }
        assertThat(changed.getSubject().getAttributeTypes())
                .isEqualTo(good.getSubject().getAttributeTypes());
        var notBefore = changed.getStartDate().getDate().toInstant();
        var notAfter = changed.getEndDate().getDate().toInstant();
        var latest = notBefore.plus(profile.validity()).minusSeconds(1);
        assertThat(notAfter).isBetween(latest.minus(profile.jitter()), latest);
        assertThat(notBefore).isBeforeOrEqualTo(TestCa.NOW);
    }

    private Der prepare(Profile profile) {
        var kind = profile.keys().stream()
                .filter(one -> one != KeyKind.RSA)
                .findFirst()
                .orElseThrow();
        var key = Der.of(Keys.generate(kind).getPublic().getEncoded());
        var preparer = new CertificatePreparer(
                TestAuthorities.of(ca), Profiles.of(List.of(profile)), new SecureRandom(), TestCa.CLOCK);
        var preparation = profile.isForResponders()
                ? preparer.prepare(new RequestedResponder(
                        "ocsp-responder-0", ca.certificate().keyId(), key))
                : preparer.prepare(new AuthorizedEnrollment(
                        profile.subject().commonName().example(),
                        profile.name(),
                        "Grid Co",
                        key,
                        Assurance.SOFTWARE_KEY));
        return switch (preparation) {
            case Preparation.Postponed postponed -> throw new AssertionError(postponed);
            case Preparation.Prepared(var certificate, var _, var _) -> certificate.tbsCertificate();
            case Preparation.Refused(var failures) -> throw new AssertionError(failures);
        };
    }

    private static byte[] mutated(byte[] der, RandomGenerator random) {
        var changed = der.clone();
        for (int changes = random.nextInt(2); changes >= 0; changes--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(3)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at]++;
                default -> changed[at] = (byte) random.nextInt(256);
            }
        }
        return changed;
    }
}
