package dev.evenroll.hsm.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chain of a CA in a PEM file: what is taken, and what each failure says.
class CaChainTest {

    private final TestCa ca = TestCa.create();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void readsTheChainUpToTheRoot() throws Exception {
        var file = write(Pem.encode(ca.authority().chain()));
        assertThat(CaChain.read(file).keyId()).isEqualTo(ca.certificate().keyId());
    }

    @Test
    void aMissingFile() {
        var file = directory.resolve("none.pem");
        refusedWith(
                file, "The CA chain " + file + " is not a file; create it, or correct the path in the configuration.");
    }

    @Test
    void aFileWithoutCertificates() throws Exception {
        var file = write("nothing");
        refusedWith(
                file,
                "The CA chain " + file + " can not be used: PEM text: holds no block \"-----BEGIN CERTIFICATE-----\"; "
                        + "check that the right file was given");
    }

    @Test
    void aChainWithoutItsRoot() throws Exception {
        var file = write(Pem.encode(ca.authority().certificate()));
        refusedWith(
                file,
                "The chain of the file " + file
                        + " ends with CN=Test Issuing CA, which is not a root; import the chain up to the root.");
    }

    @Test
    void aFileThatIsNotText() throws Exception {
        var file = Files.write(directory.resolve("chain.pem"), new byte[] {(byte) 0xff, (byte) 0xfe});
        refusedWith(
                file,
                "The CA chain " + file + " can not be read; write the certificates in it as PEM, and let the user of "
                        + "this process read it.");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("chain.pem"), text);
    }

    private static void refusedWith(Path file, String message) {
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> CaChain.read(file))
                .withMessage(message);
    }
}
