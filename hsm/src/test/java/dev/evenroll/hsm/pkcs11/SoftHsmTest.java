package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A CA key in a token, SoftHSM2: it signs, for many threads at a time, and goes on when its sessions are lost.
class SoftHsmTest {

    private static final byte[] TBS = {1, 2, 3};

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private TokenScene scene;

    @BeforeEach
    void makeToken() throws Exception {
        scene = TokenScene.in(directory);
    }

    @ParameterizedTest
    @EnumSource
    void signsWithEveryKindOfKey(TestKeyPair kind) throws Exception {
        var certificate = TokenScene.certified(kind.make(scene.settings(1), SoftHsm.PIN));
        try (var key = scene.open(1, certificate)) {
            key.prove(certificate);
            assertThat(key.scheme().verifies(certificate.publicKey(), Der.of(TBS), key.sign(TBS)))
                    .isTrue();
            assertThat(key.description()).isEqualTo("key \"ca\" in the token \"issuing\"");
            assertThat(key.facts())
                    .containsEntry("token", "issuing")
                    .containsEntry("keyLabel", "ca")
                    .containsEntry("sessions", "1");
        }
        assertThat(scene.faults()).isEmpty();
    }

    @Test
    void aCeremonyMakesAKeyAndFindsItAgain() throws Exception {
        TokenScene.assertMakesAndFinds(scene.settings(4));
        TokenScene.assertNeverOutside(scene.settings(4));
    }

    /// Others may use it too, and find it by that.
    @Test
    void lookingForAKeyLeavesItsIdAsItIs() throws Exception {
        var settings = scene.settings(1);
        var made = TestKeyPair.P256.make(settings, SoftHsm.PIN, false, true);
        assertThat(TokenKey.of(settings, _ -> SoftHsm.PIN.toCharArray()).find()).contains(made);
        TokenScene.inSession(settings, (cryptoki, session) -> {
            for (long kind : new long[] {Attributes.PRIVATE_KEY, Attributes.PUBLIC_KEY}) {
                long half = TokenScene.half(cryptoki, session, settings, kind);
                assertThat(cryptoki.attribute(session, half, Attributes.ID)).containsExactly(1);
            }
        });
    }

    @Test
    void aKeyThatCanNotBeModifiedIsFound() throws Exception {
        var settings = scene.settings(1);
        var made = TestKeyPair.P256.makeUnmodifiable(settings);
        assertThat(TokenKey.of(settings, _ -> SoftHsm.PIN.toCharArray()).find()).contains(made);
    }

    /// As a token leaves it that is killed between the two.
    @Test
    void aPublicHalfAloneIsNoKey() throws Exception {
        var settings = scene.settings(1);
        TestKeyPair.P256.make(settings, SoftHsm.PIN);
        TestKeyPair.destroyPrivateHalf(settings, SoftHsm.PIN);
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() ->
                        TokenKey.of(settings, _ -> SoftHsm.PIN.toCharArray()).find())
                .withMessage(
                        "There is a public key \"ca\" in the token \"issuing\" without a private one: its making was "
                                + "interrupted. Remove it with the token's tools, for example pkcs11-tool --delete-object --type "
                                + "pubkey --label ca, and repeat the command.");
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_3072", "RSA_4096", "ED25519"})
    void aKeyOfACeremonySignsOnly(KeyType type) throws Exception {
        TokenScene.assertSignsOnly(scene.settings(1), type);
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_3072", "ED25519"})
    void aCeremonyMakesAChainThatOpenSslAccepts(KeyType type) throws Exception {
        CeremonyInToken.assertChainsVerify(directory, scene.settings(4), type);
    }

    @Test
    void aWrongPinThatWasTypedIsRefused() throws Exception {
        var settings = scene.settings(1);
        Files.delete(scene.pinFile());
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(
                        () -> TokenKey.of(settings, _ -> "wrong".toCharArray()).find())
                .withMessage(
                        "The token \"issuing\" refuses the PIN that was typed: C_Login answered CKR_PIN_INCORRECT; "
                                + "look it up before you type another: a few wrong ones lock a token.");
    }

    @Test
    void eightThreadsSignAtATime() throws Exception {
        var certificate = scene.certifiedKey();
        try (var key = scene.open(8, certificate)) {
            inEightThreads(() -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(key.scheme().verifies(certificate.publicKey(), Der.of(TBS), key.sign(TBS)))
                            .isTrue();
                }
                return true;
            });
        }
        assertThat(scene.faults()).isEmpty();
    }

    /// More threads than sessions: who finds none waits, no session is opened beyond those configured.
    @Test
    void threadsWaitForASession() throws Exception {
        var certificate = scene.certifiedKey();
        try (var key = scene.open(2, certificate)) {
            inEightThreads(() -> {
                for (int i = 0; i < 50; i++) {
                    key.prove(certificate);
                }
                return true;
            });
        }
        assertThat(scene.faults()).isEmpty();
    }

    @Test
    void lostSessionsAreOpenedAgain() throws Exception {
        var certificate = scene.certifiedKey();
        try (var key = scene.open(4, certificate)) {
            key.prove(certificate);
            TokenScene.closeAllSessions();
            key.prove(certificate);
        }
        assertThat(scene.faults()).containsExactly(TokenFault.SESSION_LOST);
    }

    /// Not while a call is in flight: SoftHSM 2.6.1 then reads what it has freed, and the process ends.
    @Test
    void sessionsAreLostUnderLoad() throws Exception {
        var certificate = scene.certifiedKey();
        var calls = new ReentrantReadWriteLock();
        try (var key = scene.open(4, certificate)) {
            key.prove(certificate);
            inEightThreads(() -> {
                for (int i = 0; i < 50; i++) {
                    if (i % 20 == 10) {
                        locked(calls.writeLock(), TokenScene::closeAllSessions);
                    }
                    locked(calls.readLock(), () -> key.prove(certificate));
                }
                return true;
            });
        }
        assertThat(scene.faults()).isNotEmpty().containsOnly(TokenFault.SESSION_LOST);
    }

    /// A former CA and its successor: neither takes the sessions of the other away.
    @Test
    void twoKeysInOneTokenSignInTurns() throws Exception {
        var certificate = scene.certifiedKey();
        var settings = scene.settings(2);
        var nextSettings = new Pkcs11Settings(
                settings.module(), settings.tokenLabel(), "ca 2", settings.pinFile(), 2, settings.slowAfter(), "");
        var nextCertificate = TokenScene.certified(TestKeyPair.P256.make(nextSettings, SoftHsm.PIN));
        try (var key = scene.open(2, certificate)) {
            key.prove(certificate);
            try (var next = Pkcs11IssuingKey.of(nextSettings, nextCertificate, scene.faults()::add)) {
                for (int i = 0; i < 3; i++) {
                    next.prove(nextCertificate);
                    key.prove(certificate);
                }
            }
            key.prove(certificate);
        }
        assertThat(scene.faults()).isEmpty();
    }

    /// Both have lost the library: the second that notices brings it back for both.
    @Test
    void twoKeysRecoverFromALibraryThatSomebodyFinished() throws Exception {
        var certificate = scene.certifiedKey();
        var settings = scene.settings(1);
        var nextSettings = new Pkcs11Settings(
                settings.module(), settings.tokenLabel(), "ca 2", settings.pinFile(), 1, settings.slowAfter(), "");
        var nextCertificate = TokenScene.certified(TestKeyPair.P256.make(nextSettings, SoftHsm.PIN));
        try (var key = scene.open(1, certificate);
                var next = Pkcs11IssuingKey.of(nextSettings, nextCertificate, scene.faults()::add)) {
            key.prove(certificate);
            next.prove(nextCertificate);
            LoadedModules.load(SoftHsm.module()).finish();

            assertThatExceptionOfType(SigningFaultException.class).isThrownBy(() -> key.prove(certificate));
            next.prove(nextCertificate);
            key.prove(certificate);
        }
    }

    @Test
    void aLibraryThatSomebodyFinishedIsInitializedAgain() throws Exception {
        var certificate = scene.certifiedKey();
        try (var key = scene.open(1, certificate)) {
            key.prove(certificate);
            LoadedModules.load(SoftHsm.module()).finish();
            key.prove(certificate);
        }
        assertThat(scene.faults()).containsExactly(TokenFault.SESSION_LOST);
    }

    @Test
    void theKeyOfAnotherCertificate() throws Exception {
        scene.certifiedKey();
        var other = TokenScene.certified(Keys.generateP256().getPublic());
        try (var key = scene.open(1, other)) {
            TokenScene.assertFault(
                    key,
                    other,
                    "A test signature with the key \"ca\" in the token \"issuing\" does not verify with the certificate "
                            + "of " + other + "; give the CA its own key.");
        }
    }

    @Test
    void aClosedKeySignsNothing() throws Exception {
        var key = scene.open(1, scene.certifiedKey());
        key.close();
        assertThatExceptionOfType(SigningFaultException.class)
                .isThrownBy(() -> key.sign(TBS))
                .withMessage("The key \"ca\" in the token \"issuing\" is closed; the service is stopping.");
    }

    private void inEightThreads(Callable<Boolean> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(work));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void locked(Lock lock, Work work) throws Exception {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
