package dev.evenroll.hsm.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.AuthorityKeyReader;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.SoftwareKey;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.path.AuthorityDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The steps of a ceremony with software keys: what they write, and what they find again after an interruption.
final class CeremonyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Environment STAGING = new Environment("staging");
    private static final AuthorityName ROOT = CaName.Kind.ROOT.name(1);
    private static final AuthorityName ISSUING = CaName.Kind.ISSUING.name(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path temporary;

    private CeremonyDirectory directory(String name) {
        return CeremonyDirectory.of(temporary.resolve(name));
    }

    private static Ceremony begin(CeremonyDirectory directory) throws Exception {
        return Ceremony.begin(
                directory,
                STAGING,
                "Ada, witnessed by Bob",
                _ -> {
                    throw new AssertionError("no token");
                },
                InstantSource.fixed(NOW));
    }

    private static CaPlan root(CeremonyDirectory directory, AuthorityName name, KeyType type) {
        return new CaPlan(
                new CaName(CaName.Kind.ROOT, name, Optional.of("Example"), STAGING),
                directory.softwareRootKey(name),
                type,
                Duration.ofDays(7300),
                NOW);
    }

    private static CaPlan issuing(CeremonyDirectory directory, AuthorityName name, KeyType type, Instant activeFrom) {
        return new CaPlan(
                new CaName(CaName.Kind.ISSUING, name, Optional.of("Example"), STAGING),
                directory.softwareKey(name),
                type,
                Duration.ofDays(1825),
                activeFrom);
    }

    /// What the services read is what the ceremony writes. The primes of RSA 4096 would take half a minute.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA_4096")
    void rootAndIssuingCaAreMadeWithEveryKindOfKey(KeyType type) throws Exception {
        var directory = directory("ca");
        try (var ceremony = begin(directory)) {
            new RootSteps(ceremony).create(root(directory, ROOT, type));
            new IssuingSteps(ceremony).create(issuing(directory, ISSUING, type, NOW), ROOT);
        }
        var read = AuthorityDirectory.open(directory.path()).current();
        assertThat(read.byName()).containsOnlyKeys(ISSUING);
        var key =
                Objects.requireNonNull(AuthorityKeyReader.read(directory.path()).get(ISSUING));
        assertThat(key.activeFrom()).isEqualTo(NOW);
        if (!(key.place() instanceof KeyPlace.InFile(var keystore, var passwordFile))) {
            throw new AssertionError(key);
        }
        assertHolds(
                keystore,
                passwordFile,
                Objects.requireNonNull(directory.chains().get(ISSUING)));
        for (var secret : List.of(keystore, passwordFile, directory.path().resolve("keys/issuing-1.properties"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
    }

    /// Key and chain stand in the keystore, and the key signs for the certificate.
    private static void assertHolds(Path keystore, Path passwordFile, List<X509Certificate> chain) throws Exception {
        var store = KeyStore.getInstance(
                keystore.toFile(), Files.readString(passwordFile).toCharArray());
        assertThat(store.getCertificateChain("issuing-ca")).containsExactlyElementsOf(chain);
        var bytes = Der.of(new byte[] {1});
        var issuing = IssuingCertificate.of(chain);
        byte[] signature = new SoftwareKey(keystore, passwordFile, "issuing-ca").sign(issuing.publicKey(), bytes);
        assertThat(issuing.scheme().verifies(issuing.publicKey(), bytes, signature))
                .isTrue();
    }

    @Test
    void anInterruptedCeremonyGoesOnWithTheSameKeyAndCertificate() throws Exception {
        var directory = directory("ca");
        try (var ceremony = begin(directory)) {
            var made = new RootSteps(ceremony).create(root(directory, ROOT, KeyType.P_256));
            assertThat(made.already()).isFalse();
            // Killed after the key was made, before the certificate was: its issuing CA has a key only.
            new IssuingSteps(ceremony).create(issuing(directory, ISSUING, KeyType.P_256, NOW), ROOT);
        }
        var certificate = Objects.requireNonNull(directory.chains().get(ISSUING));
        Files.delete(directory.path().resolve("chains/issuing-1.pem"));
        // Killed between the certificate of the root and its line.
        Files.delete(directory.log());
        try (var ceremony = begin(directory)) {
            assertThat(CaOverview.of(directory, NOW))
                    .extracting(CaOverview::state)
                    .containsExactly(CaOverview.State.ROOT, CaOverview.State.WAITING);
            var root = directory.roots().get(ROOT);
            new RootSteps(ceremony).create(root(directory, ROOT, KeyType.P_256));
            assertThat(directory.roots()).containsEntry(ROOT, root);
            var done = new IssuingSteps(ceremony)
                    .create(issuing(directory, ISSUING, KeyType.P_256, NOW.plusSeconds(9)), ROOT);
            assertThat(done.certificate().orElseThrow().getPublicKey())
                    .isEqualTo(certificate.getFirst().getPublicKey());
            assertThat(done.entry().activeFrom()).isEqualTo(NOW.toString());
            assertThat(ceremony.log().entries())
                    .extracting(CeremonyEntry::step)
                    .containsExactly(CeremonyStep.ROOT_CREATED, CeremonyStep.ISSUING_CREATED);
            assertThat(new IssuingSteps(ceremony)
                            .create(issuing(directory, ISSUING, KeyType.P_256, NOW), ROOT)
                            .already())
                    .isTrue();
            assertThat(ceremony.log().entries()).hasSize(2);
        }
    }

    @Test
    void aKeyFileWithoutAKeyGetsItsKey() throws Exception {
        var directory = directory("ca");
        try (var ceremony = begin(directory)) {
            directory.writeRootKey(new AuthorityKey(ROOT, NOW, directory.softwareRootKey(ROOT)));
            new RootSteps(ceremony).create(root(directory, ROOT, KeyType.P_256));
            assertThat(directory.roots()).containsOnlyKeys(ROOT);
        }
    }

    @Test
    void aRootElsewhereCertifiesARequest() throws Exception {
        var online = directory("online");
        var offline = directory("offline");
        IssuingSteps.Signed signed;
        try (var ceremony = begin(online)) {
            new IssuingSteps(ceremony).request(issuing(online, ISSUING, KeyType.P_384, NOW));
        }
        try (var ceremony = begin(offline)) {
            new RootSteps(ceremony).create(root(offline, ROOT, KeyType.P_256));
            var request = online.request(ISSUING).orElseThrow();
            signed = new IssuingSteps(ceremony).sign(request, ROOT, Duration.ofDays(365));
            var again = new IssuingSteps(ceremony).sign(request, ROOT, Duration.ofDays(365));
            assertThat(again.done().already()).isTrue();
            assertThat(again.chain()).isEqualTo(signed.chain());
            var elsewhere = directory("elsewhere");
            try (var other = begin(elsewhere)) {
                new IssuingSteps(other).request(issuing(elsewhere, ISSUING, KeyType.P_384, NOW));
            }
            var sameName = elsewhere.request(ISSUING).orElseThrow();
            assertThatExceptionOfType(CeremonyException.class)
                    .isThrownBy(() -> new IssuingSteps(ceremony).sign(sameName, ROOT, Duration.ofDays(365)))
                    .withMessageStartingWith("A root here has certified issuing-1 already, with another key (");
        }
        try (var ceremony = begin(online)) {
            var steps = new InstallSteps(ceremony);
            assertThatExceptionOfType(CeremonyException.class)
                    .isThrownBy(() -> steps.install(signed.chain(), false))
                    .withMessageContaining("is new here, and no root that is known here has certified it");
            assertThat(online.chains()).isEmpty();
            steps.install(signed.chain(), true);
            assertThat(steps.install(signed.chain(), true).getLast().already()).isTrue();
            assertThat(ceremony.log().entries())
                    .extracting(CeremonyEntry::step)
                    .containsExactly(CeremonyStep.REQUEST_WRITTEN, CeremonyStep.CHAIN_INSTALLED);
        }
        var key = AuthorityKeyReader.read(online.path()).get(ISSUING);
        if (key == null || !(key.place() instanceof KeyPlace.InFile(var keystore, var passwordFile))) {
            throw new AssertionError(key);
        }
        assertHolds(keystore, passwordFile, signed.chain().path());
    }

    @Test
    void aNewRootNeedsNoFingerprintWhenTheOldOneHasCertifiedIt() throws Exception {
        var online = directory("online");
        var offline = directory("offline");
        var second = CaName.Kind.ROOT.name(2);
        var next = CaName.Kind.ISSUING.name(2);
        try (var root = begin(offline);
                var here = begin(online)) {
            new RootSteps(root).create(root(offline, ROOT, KeyType.P_256));
            new IssuingSteps(here).request(issuing(online, ISSUING, KeyType.P_256, NOW));
            var first = new IssuingSteps(root).sign(online.request(ISSUING).orElseThrow(), ROOT, Duration.ofDays(365));
            new InstallSteps(here).install(first.chain(), true);

            var made = new RootSteps(root).create(root(offline, second, KeyType.ED25519));
            var old = Objects.requireNonNull(offline.roots().get(ROOT));
            new RootSteps(root).crossCertify(ROOT, second, made.certificate().orElseThrow());
            new RootSteps(root).crossCertify(second, ROOT, old);
            new IssuingSteps(here).request(issuing(online, next, KeyType.P_256, NOW.plusSeconds(60)));
            var signed = new IssuingSteps(root).sign(online.request(next).orElseThrow(), second, Duration.ofDays(365));
            new InstallSteps(here).install(signed.chain(), false);
        }
        assertThat(online.cross().keySet())
                .extracting(AuthorityName::text)
                .containsExactly("root-1-by-root-2", "root-2-by-root-1");
        assertThat(CaOverview.of(online, NOW))
                .extracting(CaOverview::state)
                .containsExactly(CaOverview.State.ACTIVE, CaOverview.State.NEXT);
        assertThat(CaOverview.of(online, NOW.plusSeconds(60)))
                .extracting(CaOverview::state)
                .containsExactly(CaOverview.State.FORMER, CaOverview.State.ACTIVE);
        assertThat(AuthorityDirectory.open(online.path()).current().cross()).hasSize(2);
    }

    @Test
    void aDirectoryIsOfOneEnvironment() throws Exception {
        var directory = directory("ca");
        try (var ceremony = begin(directory)) {
            new RootSteps(ceremony).create(root(directory, ROOT, KeyType.P_256));
        }
        assertThatExceptionOfType(CeremonyException.class)
                .isThrownBy(() -> Ceremony.begin(
                        directory, new Environment("production"), "Ada", _ -> new char[0], InstantSource.fixed(NOW)))
                .withMessage("The directory " + directory.path() + " is of the environment staging; make the CAs of "
                        + "production in a directory of their own.");
    }

    @Test
    void twoCeremoniesDoNotMeet() throws Exception {
        var directory = directory("ca");
        try (var _ = begin(directory)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> begin(directory))
                    .withMessage("another ceremony is under way in " + directory.path() + "; wait for its end");
        }
    }

    @Test
    void twoCasAreNotActiveFromOneMoment() throws Exception {
        var directory = directory("ca");
        try (var ceremony = begin(directory)) {
            new RootSteps(ceremony).create(root(directory, ROOT, KeyType.P_256));
            new IssuingSteps(ceremony).create(issuing(directory, ISSUING, KeyType.P_256, NOW), ROOT);
            assertThatExceptionOfType(CeremonyException.class)
                    .isThrownBy(() -> new IssuingSteps(ceremony)
                            .create(issuing(directory, CaName.Kind.ISSUING.name(2), KeyType.P_256, NOW), ROOT))
                    .withMessageStartingWith("active-from: " + NOW + " is also that of issuing-1");
            assertThat(directory.keys()).containsOnlyKeys(ISSUING);
        }
    }

    @Test
    void pemOfAChainHoldsNothingElse() throws Exception {
        var directory = directory("ca");
        try (var ceremony = begin(directory)) {
            new RootSteps(ceremony).create(root(directory, ROOT, KeyType.P_256));
            new IssuingSteps(ceremony).create(issuing(directory, ISSUING, KeyType.P_256, NOW), ROOT);
        }
        var chain = Objects.requireNonNull(directory.chains().get(ISSUING));
        assertThat(chain).hasSize(2);
        assertThat(Files.readString(directory.path().resolve("chains/issuing-1.pem")))
                .isEqualTo(Pem.encode(chain));
        assertThat(chain.getFirst().getBasicConstraints()).isZero();
    }
}
