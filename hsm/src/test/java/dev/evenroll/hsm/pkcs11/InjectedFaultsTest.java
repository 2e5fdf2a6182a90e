package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a token in software does not do by itself: answers of a device that fails, and calls without an answer.
class InjectedFaultsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private TokenScene scene;

    @SuppressWarnings("NullAway.Init") // made before each test
    private FaultySigning signing;

    @SuppressWarnings("NullAway.Init") // made before each test
    private IssuingCertificate certificate;

    @BeforeEach
    void makeToken() throws Exception {
        scene = TokenScene.in(directory);
        signing = new FaultySigning(LoadedModules.load(SoftHsm.module()));
        certificate = scene.certifiedKey();
    }

    @ParameterizedTest
    @CsvSource({
        "0x05, DEVICE_FAILED",
        "0x30, DEVICE_FAILED",
        "0x32, DEVICE_REMOVED",
        "0xB3, SESSION_LOST",
        "0xE0, DEVICE_REMOVED",
        "0x101, SESSION_LOST",
        "0x190, SESSION_LOST",
        "0x80000007, DEVICE_FAILED"
    })
    void oneFaultIsSurvived(String code, TokenFault fault) throws Exception {
        try (var key = open(Duration.ofSeconds(10))) {
            signing.answer(Long.decode(code));
            key.prove(certificate);
            assertThat(key.problem()).isEmpty();
        }
        assertThat(scene.faults()).containsExactly(fault);
    }

    @Test
    void aFaultThatLastsIsSaidAndEndsWithTheNextUse() throws Exception {
        try (var key = open(Duration.ofSeconds(10))) {
            signing.answer(ReturnValue.CKR_DEVICE_REMOVED.code());
            signing.answer(ReturnValue.CKR_DEVICE_REMOVED.code());
            var message = "The key \"ca\" in the token \"issuing\" failed: C_Sign answered CKR_DEVICE_REMOVED; connect "
                    + "the token again; it is then opened by itself.";
            TokenScene.assertFault(key, certificate, message);
            assertThat(key.problem()).hasValue(message);
            key.prove(certificate);
            assertThat(key.problem()).isEmpty();
        }
        assertThat(scene.faults()).containsExactly(TokenFault.DEVICE_REMOVED, TokenFault.DEVICE_REMOVED);
    }

    @Test
    void aMechanismThatTheTokenRefusesIsNotTriedAgainAtOnce() throws Exception {
        try (var key = open(Duration.ofSeconds(10))) {
            signing.answer(ReturnValue.CKR_MECHANISM_INVALID.code());
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The key \"ca\" in the token \"issuing\" failed: C_Sign answered CKR_MECHANISM_INVALID; use a CA "
                            + "key of a kind that the token can sign with.");
        }
        assertThat(scene.faults()).containsExactly(TokenFault.MECHANISM_REFUSED);
    }

    @Test
    void aCallThatIsNotAnsweredIsTold() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var key = open(Duration.ofMillis(50));
                var threads = Executors.newSingleThreadExecutor();
                CallWatch.Ended _ = end::countDown) {
            signing.hang(begun, end);
            var waiting = threads.submit(() -> key.sign(new byte[] {1}));
            begun.await();
            Awaitility.await().untilAsserted(() -> assertThat(scene.faults()).contains(TokenFault.SLOW));
            assertThat(key.problem().orElseThrow()).startsWith("The token \"issuing\" has not answered a call for ");
            end.countDown();
            assertThat(waiting.get()).isNotEmpty();
            assertThat(key.problem()).isEmpty();
        }
    }

    /// The library is not finalized under a call: the token can be opened again when that has come back.
    @Test
    void aTokenWithACallInFlightIsNotOpenedAgain() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var key = open(Duration.ofMillis(500));
                var threads = Executors.newSingleThreadExecutor();
                CallWatch.Ended _ = end::countDown) {
            signing.hang(begun, end);
            var waiting = threads.submit(() -> key.sign(new byte[] {1}));
            begun.await();
            signing.answer(ReturnValue.CKR_DEVICE_ERROR.code());
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(certificate))
                    .withMessage(
                            "The token \"issuing\" has not answered all calls (1 in flight), and can be opened "
                                    + "again only after them; look at the load and the connection of the token; the call can not be cancelled.");
            end.countDown();
            assertThat(waiting.get()).isNotEmpty();
            key.prove(certificate);
        }
        assertThat(scene.faults()).contains(TokenFault.DEVICE_FAILED, TokenFault.SLOW);
    }

    private Pkcs11IssuingKey open(Duration slowAfter) throws Exception {
        var settings = new Pkcs11Settings(SoftHsm.module(), "issuing", "ca", scene.pinFile(), 2, slowAfter, "");
        return Pkcs11IssuingKey.of(signing.cryptoki(), settings, certificate, scene.faults()::add);
    }
}
