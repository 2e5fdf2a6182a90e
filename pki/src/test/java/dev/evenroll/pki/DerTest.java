package dev.evenroll.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DerTest {
    @Test
    void isACopyBothWays() {
        byte[] bytes = {1, 2, 3};
        Der der = Der.of(bytes);
        bytes[0] = 9;
        der.bytes()[1] = 9;

        assertThat(der.bytes()).containsExactly(1, 2, 3);
        assertThat(der.length()).isEqualTo(3);
    }

    @Test
    void equalsByContent() {
        assertThat(Der.of(new byte[] {1})).isEqualTo(Der.of(new byte[] {1})).hasSameHashCodeAs(Der.of(new byte[] {1}));
        assertThat(Der.of(new byte[] {1})).isNotEqualTo(Der.of(new byte[] {2}));
    }

    @Test
    void neverShowsItsContent() {
        assertThat(Der.of("secret".getBytes(StandardCharsets.UTF_8))).hasToString("Der[6 bytes, sha256=2bb80d53…]");
    }

    @Test
    void encodes() {
        assertThat(Der.of(new byte[] {1, 2, 3}).base64()).isEqualTo("AQID");
        assertThat(Der.of(new byte[0]).sha256Hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aFailureHasARuleAndASentence() {
        assertThat(new Failure("weak-key", "RSA of 1024 bits").rule()).isEqualTo("weak-key");
        assertThatThrownBy(() -> new Failure("Weak Key", "RSA of 1024 bits"))
                .hasMessage("rule: \"Weak Key\" is not in kebab case; write it like weak-key");
        assertThatThrownBy(() -> new Failure("weak-key", " "))
                .hasMessage("message: is blank; say what is wrong and what to do");
    }
}
