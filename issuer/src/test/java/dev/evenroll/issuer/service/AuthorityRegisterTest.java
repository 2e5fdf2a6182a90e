package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.hsm.authority.AuthorityKeyReader;
import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.hsm.scene.TestCaDirectory;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several CAs in one issuer: which is active when, and what the others still do.
class AuthorityRegisterTest {

    private static final Instant SWITCH = TestCa.NOW.plusSeconds(3600);

    private final TestCa first = TestCa.create();
    private final TestCa second = TestCa.create();
    private final Map<String, FakeIssuingKey> keys = new ConcurrentHashMap<>();
    private volatile Instant now = TestCa.NOW;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestCaDirectory files;

    @BeforeEach
    void oneCa() throws Exception {
        files = TestCaDirectory.in(directory).with("issuing-1", first.authority(), TestCa.NOW.minusSeconds(1));
        keys.put(first.certificate().keyId(), first.key());
        keys.put(second.certificate().keyId(), second.key());
    }

    @Test
    void aCaThatComesIsTakenUpAndBecomesActiveOnTime() throws Exception {
        try (var register = register()) {
            assertThat(active(register)).isEqualTo("issuing-1");

            files.with("issuing-2", second.authority(), SWITCH);
            register.refresh();
            assertThat(states(register)).containsExactly("active", "next");
            assertThat(register.ofKeyId(second.certificate().keyId())).isPresent();

            now = SWITCH.minusNanos(1);
            assertThat(active(register)).isEqualTo("issuing-1");
            now = SWITCH;
            assertThat(active(register)).isEqualTo("issuing-2");
            assertThat(states(register)).containsExactly("former", "active");
        }
    }

    /// Another replica has prepared for it already.
    @Test
    void anUnknownCaIsLookedForInTheDirectory() throws Exception {
        try (var register = register()) {
            files.with("issuing-2", second.authority(), SWITCH);
            assertThat(register.ofKeyId(second.certificate().keyId())).isPresent();
            assertThat(register.ofKeyId("00")).isEmpty();
        }
    }

    @Test
    void aKeyWithoutACertificateIsPassedOverAndSaid() throws Exception {
        try (var register = register()) {
            files.with("issuing-2", second.authority(), SWITCH);
            Files.delete(directory.resolve("ca/chains/issuing-2.pem"));
            register.refresh();

            assertThat(register.problems())
                    .containsExactly("The CA issuing-2 has a key, but no certificate yet; install its chain as "
                            + directory.resolve("ca/chains/issuing-2.pem") + " before " + SWITCH + ".");
            now = SWITCH;
            assertThat(active(register)).isEqualTo("issuing-1");
        }
    }

    @Test
    void aBrokenFileLeavesTheCasInForceAndIsSaid() throws Exception {
        try (var register = register()) {
            files.key("issuing-2", "nothing=here");
            register.refresh();

            assertThat(register.problems()).singleElement().asString().contains("issuing-2.properties: nothing: is");
            assertThat(active(register)).isEqualTo("issuing-1");

            Files.delete(directory.resolve("ca/keys/issuing-2.properties"));
            register.refresh();
            assertThat(register.problems()).isEmpty();
        }
    }

    @Test
    void theLastCaIsNotTakenAway() throws Exception {
        try (var register = register()) {
            Files.delete(directory.resolve("ca/keys/issuing-1.properties"));
            register.refresh();
            assertThat(active(register)).isEqualTo("issuing-1");
            assertThat(register.problems()).containsExactly(withoutKey());
        }
    }

    @Test
    void aCaThatGoesIsNotFound() throws Exception {
        files.with("issuing-2", second.authority(), SWITCH);
        try (var register = register()) {
            Files.delete(directory.resolve("ca/keys/issuing-2.properties"));
            register.refresh();
            assertThat(register.ofKeyId(second.certificate().keyId())).isEmpty();
        }
    }

    @Test
    void aDirectoryWithoutAKeyIsAnError() throws Exception {
        Files.delete(directory.resolve("ca/keys/issuing-1.properties"));
        assertThatIllegalArgumentException().isThrownBy(this::register).withMessage(withoutKey());
    }

    @Test
    void beforeTheFirstCaIsActiveThereIsNone() throws Exception {
        now = TestCa.NOW.minusSeconds(10);
        try (var register = register()) {
            assertThat(register.active()).isEmpty();
            assertThat(register.problem())
                    .contains("No CA is active before " + TestCa.NOW.minusSeconds(1)
                            + "; wait, or set an earlier active-from.");
        }
    }

    /// There is time to mend it, and until then nothing stops.
    @Test
    void aNextCaThatCanNotSignIsSaidBeforeItBecomesActive() throws Exception {
        key(second).breakDown();
        files.with("issuing-2", second.authority(), SWITCH);
        try (var register = register()) {
            awaitNoProblem(register);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(held(register, "issuing-2").facts("next"))
                            .containsEntry("problem", "The fake key is broken; mend it."));
            assertThat(register.problem()).isEmpty();

            now = SWITCH;
            assertThat(register.problem()).contains("The fake key is broken; mend it.");
        }
    }

    /// That its time does not come before its certificate's is seen at once.
    @Test
    void aNextCaIsTestedAsOfItsTime() throws Exception {
        files.with("issuing-2", second.authority(), TestCa.NOW.plus(Duration.ofDays(4000)));
        try (var register = register()) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    held(register, "issuing-2").problem().orElse(""))
                            .startsWith("The CA certificate CN=Test Issuing CA has expired on "));
        }
    }

    @Test
    void aFormerCaWhoseKeyIsLostIsGivenUpAfterAWhileAndTheActiveOneNever() throws Exception {
        files.with("issuing-2", second.authority(), SWITCH);
        try (var register = register()) {
            awaitNoProblem(register);
            var former = register.ofKeyId(first.certificate().keyId()).orElseThrow();
            now = SWITCH;
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(held(register, "issuing-1").lost()).isEmpty());
            key(first).breakDown();
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(held(register, "issuing-1").problem()).isPresent());
            assertThat(register.givenUp(former)).isEmpty();
            assertThat(register.outOfService(former))
                    .contains("The CA issuing-1 is not the active one and can not sign now: The fake key is broken; "
                            + "mend it.");

            now = SWITCH.plus(HeldAuthority.PATIENCE).plusSeconds(1);
            assertThat(register.givenUp(former))
                    .contains("The CA issuing-1 has made way for issuing-2, and its key has not worked since " + SWITCH
                            + " (The fake key is broken; mend it.).");
            assertThat(register.problem()).as("new certificates go on").isEmpty();

            key(second).breakDown();
            now = now.plus(HeldAuthority.PATIENCE).plusSeconds(1);
            assertThat(register.givenUp(register.active().orElseThrow())).isEmpty();
            assertThat(register.outOfService(register.active().orElseThrow())).isEmpty();
        }
    }

    @Test
    void aProofThatBreaksIsAProblemAndIsMadeAgain() throws Exception {
        var broken = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        var key = new BreakingKey(first.key(), broken);
        var configured = AuthorityKeyReader.read(directory.resolve("ca"))
                .values()
                .iterator()
                .next();
        try (var held = new HeldAuthority(
                configured,
                new Authority(configured.name(), key, first.certificate()),
                TestProfiles.PROFILES,
                () -> now,
                Duration.ofMillis(10),
                each -> {
                    if (each.problem().orElse("").contains("native code")) {
                        told.countDown();
                    }
                })) {
            held.start();
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().untilAsserted(() -> assertThat(held.problem()).isEmpty());
        }
    }

    /// Breaks at the first proof.
    private record BreakingKey(FakeIssuingKey key, CountDownLatch broken) implements IssuingKey {
        @Override
        public byte[] sign(byte[] tbs) throws SigningFaultException {
            return key.sign(tbs);
        }

        @Override
        public void prove(IssuingCertificate certificate) throws SigningFaultException {
            if (broken.getCount() > 0) {
                broken.countDown();
                throw new IllegalStateException("native code");
            }
            key.prove(certificate);
        }

        @Override
        public SignatureScheme scheme() {
            return key.scheme();
        }

        @Override
        public String description() {
            return key.description();
        }

        @Override
        public void close() {}
    }

    private String withoutKey() {
        return "No CA in " + directory.resolve("ca") + " has both a chain (chains/<name>.pem) and a key file "
                + "(keys/<name>.properties) of the same name; make a CA, or correct the path.";
    }

    private FakeIssuingKey key(TestCa ca) {
        return Objects.requireNonNull(keys.get(ca.certificate().keyId()));
    }

    private static void awaitNoProblem(AuthorityRegister register) {
        Awaitility.await().untilAsserted(() -> assertThat(register.problem()).isEmpty());
    }

    private static String active(AuthorityRegister register) {
        return register.active().orElseThrow().name().text();
    }

    private static List<String> states(AuthorityRegister register) {
        return register.all().stream().map(register::state).toList();
    }

    private static HeldAuthority held(AuthorityRegister register, String name) {
        return register.all().stream()
                .filter(each -> each.authority().name().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private AuthorityRegister register() {
        return AuthorityRegister.open(
                directory.resolve("ca"),
                () -> now,
                (configured, certificate) -> new HeldAuthority(
                        configured,
                        new Authority(
                                configured.name(), Objects.requireNonNull(keys.get(certificate.keyId())), certificate),
                        TestProfiles.PROFILES,
                        () -> now,
                        Duration.ofMillis(10),
                        _ -> {}));
    }
}
