package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a wrong configuration of the token says.
class CryptokiTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void aModuleThatIsNotThere() {
        var module = directory.resolve("none.so");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> Cryptoki.load(module))
                .withMessage("The PKCS#11 module " + module + " is not a file; install the token's library, or correct "
                        + "the path in the configuration.");
    }

    @Test
    void aModuleThatIsNoLibrary() throws Exception {
        var module = Files.writeString(directory.resolve("text.so"), "text");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> Cryptoki.load(module))
                .withMessage("The PKCS#11 module " + module + " does not load; give the path of the token's PKCS#11 "
                        + "library for this platform, and install what it needs (ldd says that).");
    }

    @Test
    void otherPlatforms() {
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> Cryptoki.requirePlatform("Windows 11", "amd64"))
                .withMessage(
                        "PKCS#11 is offered on Linux x86_64 and aarch64 only, and this is Windows 11 amd64; run the "
                                + "issuer there, or use a key in a file.");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> Cryptoki.requirePlatform("Linux", "arm"));
        assertThatNoException().isThrownBy(() -> Cryptoki.requirePlatform("Linux", "aarch64"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ca, 1, 2, 'token-label: \"\" is not 1 to 32 bytes long; give the label that the token has.'",
        "issuing, '', 1, 2, key-label: is empty; give the label of the private key.",
        "issuing, ca, 0, 2, sessions: 0 is not 1 to 256; give the number of signatures that the token makes at a time.",
        "issuing, ca, 257, 2, "
                + "sessions: 257 is not 1 to 256; give the number of signatures that the token makes at a time.",
        "issuing, ca, 1, 0, slow-after: PT0S is not positive; give for example 2s.",
    })
    void wrongSettings(String tokenLabel, String keyLabel, int sessions, int slowAfterSeconds, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Pkcs11Settings(
                        directory, tokenLabel, keyLabel, directory, sessions, Duration.ofSeconds(slowAfterSeconds), ""))
                .withMessage(message);
    }
}
