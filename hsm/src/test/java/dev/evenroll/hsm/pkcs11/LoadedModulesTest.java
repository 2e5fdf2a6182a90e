package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no PKCS#11 module, or not on this platform, is not loaded.
class LoadedModulesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void aModuleThatIsNotThere() {
        var module = directory.resolve("none.so");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> LoadedModules.load(module))
                .withMessage("The PKCS#11 module " + module + " is not a file; install the token's library, or correct "
                        + "the path in the configuration.");
    }

    @Test
    void aModuleThatIsNoLibrary() throws Exception {
        var module = Files.writeString(directory.resolve("text.so"), "text");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> LoadedModules.load(module))
                .withMessage("The PKCS#11 module " + module + " does not load; give the path of the token's PKCS#11 "
                        + "library for this platform, and install what it needs (ldd says that).");
    }

    @Test
    void otherPlatforms() {
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> LoadedModules.requirePlatform("Windows 11", "amd64"))
                .withMessage(
                        "PKCS#11 is offered on Linux x86_64 and aarch64 only, and this is Windows 11 amd64; run the "
                                + "issuer there, or use a key in a file.");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> LoadedModules.requirePlatform("Linux", "arm"));
        assertThatNoException().isThrownBy(() -> LoadedModules.requirePlatform("Linux", "aarch64"));
    }
}
