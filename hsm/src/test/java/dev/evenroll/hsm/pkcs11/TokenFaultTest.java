package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The kinds of faults, as they are counted.
class TokenFaultTest {

    @ParameterizedTest
    @EnumSource
    void theDocumentSaysWhatItMeans(TokenFault fault) throws Exception {
        assertThat(Files.readString(Path.of("../docs/HSM.md"))).contains("| `" + fault.label() + "` |");
    }
}
