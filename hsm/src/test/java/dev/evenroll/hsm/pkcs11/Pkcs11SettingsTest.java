package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What wrong settings of a token say.
class Pkcs11SettingsTest {

    private static final Path FILE = Path.of("file");

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
                        FILE, tokenLabel, keyLabel, FILE, sessions, Duration.ofSeconds(slowAfterSeconds), ""))
                .withMessage(message);
    }
}
