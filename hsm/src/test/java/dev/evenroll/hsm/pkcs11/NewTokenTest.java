package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewTokenTest {

    private static final byte[] OFFICER = "officer-secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void aKeyMadeInANewTokenSigns() throws Exception {
        SoftHsm.in(directory);
        NewToken.initialize(SoftHsm.module(), "issuing", OFFICER, pin(SoftHsm.PIN));
        var scene = new TokenScene(
                new SoftHsm(directory.resolve("tokens")), directory.resolve("pin"), new CopyOnWriteArrayList<>());
        scene.writePin(SoftHsm.PIN);
        var certificate = scene.certifiedKey();
        try (var key = scene.open(1, certificate)) {
            key.prove(certificate);
        }
    }

    @Test
    void aTokenThatIsThereIsLeftAsItIs() throws Exception {
        SoftHsm.in(directory);
        NewToken.initialize(SoftHsm.module(), "issuing", OFFICER, pin(SoftHsm.PIN));
        var settings = new Pkcs11Settings(
                SoftHsm.module(), "issuing", "ca", directory.resolve("pin"), 1, Duration.ofSeconds(10), "");
        TestKeyPair.P256.make(settings, SoftHsm.PIN);

        NewToken.initialize(SoftHsm.module(), "issuing", OFFICER, pin("another-pin"));

        assertThat(TestKeyPair.P256.make(settings, SoftHsm.PIN, false, true))
                .as("the PIN is as it was")
                .isNotNull();
        try (var tokens = Files.list(directory.resolve("tokens"))) {
            assertThat(tokens).hasSize(1);
        }
    }

    /// Its making ended between C_InitToken and C_InitPIN.
    @Test
    void aTokenWithoutAUserPinIsMadeReady() throws Exception {
        var scene = new TokenScene(SoftHsm.in(directory), directory.resolve("pin"), new CopyOnWriteArrayList<>());
        scene.writePin(SoftHsm.PIN);
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> NewToken.initialize(SoftHsm.module(), "issuing", OFFICER, pin("1")))
                .withMessageContaining(": C_InitPIN answered CKR_PIN_LEN_RANGE; ");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(scene::certifiedKey)
                .withMessage("The token \"issuing\" failed: C_Login answered CKR_USER_PIN_NOT_INITIALIZED; let the "
                        + "token's security officer set a user PIN (C_InitPIN), and write that in the PIN file.");

        NewToken.initialize(SoftHsm.module(), "issuing", OFFICER, pin(SoftHsm.PIN));

        var certificate = scene.certifiedKey();
        try (var key = scene.open(1, certificate)) {
            key.prove(certificate);
        }
    }

    @Test
    void theRefusalOfTheLibraryIsSaid() throws Exception {
        SoftHsm.in(directory);
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> NewToken.initialize(SoftHsm.module(), "issuing", pin("1"), pin(SoftHsm.PIN)))
                .withMessageStartingWith("The token \"issuing\" could not be made with " + SoftHsm.module()
                        + ": C_InitToken answered CKR_PIN_")
                .withMessageEndingWith("; see the log of the library, and make the token by its own tool.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a label that is longer than the place for it", "ääääääääääääääääää"})
    void aLabelThatDoesNotFit(String label) {
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> NewToken.initialize(SoftHsm.module(), label, OFFICER, pin(SoftHsm.PIN)))
                .withMessage(
                        "The label of a token has 1 to 32 bytes, and \"" + label + "\" has not; choose a shorter one.");
    }

    private static byte[] pin(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
