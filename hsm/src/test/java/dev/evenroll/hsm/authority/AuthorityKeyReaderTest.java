package dev.evenroll.hsm.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The key files of a directory of CAs: what is taken, and what each mistake says.
class AuthorityKeyReaderTest {

    private static final String ACTIVE = "active-from = 2026-01-01T00:00:00Z\n";
    private static final String IN_FILE = "keystore = keys/issuing-1.p12\nkeystore-password-file = /etc/p\n";
    private static final String IN_TOKEN =
            "pkcs11.module=/lib/token.so\npkcs11.token-label=ev\npkcs11.key-label=ca 1\npkcs11.pin-file=pins/ev\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @BeforeEach
    void keysDirectory() throws IOException {
        Files.createDirectory(directory.resolve("keys"));
    }

    @Test
    void aKeyInAFile() throws Exception {
        write("issuing-1", ACTIVE + IN_FILE);

        assertThat(AuthorityKeyReader.read(directory))
                .containsExactly(Map.entry(
                        new AuthorityName("issuing-1"),
                        new AuthorityKey(
                                new AuthorityName("issuing-1"),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                new KeyPlace.InFile(directory.resolve("keys/issuing-1.p12"), Path.of("/etc/p")))));
    }

    @Test
    void aKeyInAToken() throws Exception {
        write("issuing-1", ACTIVE + IN_TOKEN);

        assertThat(token())
                .isEqualTo(new Pkcs11Settings(
                        Path.of("/lib/token.so"),
                        "ev",
                        "ca 1",
                        directory.resolve("pins/ev"),
                        4,
                        Duration.ofSeconds(2),
                        ""));
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "7s,PT7S", "PT1M,PT1M"})
    void whatATokenMayHaveBeside(String written, Duration meant) throws Exception {
        write(
                "issuing-1",
                ACTIVE + IN_TOKEN + "pkcs11.sessions=32\npkcs11.slow-after=" + written
                        + "\npkcs11.init-arguments=configdir='sql:/x'\n");

        assertThat(token().sessions()).isEqualTo(32);
        assertThat(token().slowAfter()).isEqualTo(meant);
        assertThat(token().initArguments()).isEqualTo("configdir='sql:/x'");
    }

    @Test
    void severalKeysByName() throws Exception {
        write("issuing-2", ACTIVE.replace("2026", "2027") + IN_TOKEN);
        write("issuing-1", ACTIVE + IN_FILE);
        Files.writeString(directory.resolve("keys/.hidden.properties"), "nothing");
        Files.writeString(directory.resolve("keys/issuing-1.p12"), "nothing");

        assertThat(AuthorityKeyReader.read(directory).keySet())
                .extracting(AuthorityName::text)
                .containsExactly("issuing-1", "issuing-2");
    }

    @Test
    void noKey() throws Exception {
        assertThat(AuthorityKeyReader.read(directory)).isEmpty();
    }

    @Test
    void noDirectory() {
        assertThatExceptionOfType(UnusableAuthorityKeysException.class)
                .isThrownBy(() -> AuthorityKeyReader.read(directory.resolve("none")))
                .withMessageStartingWith("The directory " + directory.resolve("none/keys") + " can not be read (");
    }

    @Test
    void everythingIsSaidAtOnce() throws Exception {
        write("issuing-1", "activ-from=x\npkcs11.module=m\npkcs11.sessions=many\npkcs11.slow-after=soon\n");
        write("issuing-2", "active-from=tomorrow\n");
        write("Issuing_3", ACTIVE + IN_FILE);

        String one = directory.resolve("keys/issuing-1.properties") + ": ";
        String two = directory.resolve("keys/issuing-2.properties") + ": ";
        String three = directory.resolve("keys/Issuing_3.properties") + ": ";
        refusedWith(three
                + "name of a CA: \"Issuing_3\" is not 1 to 64 lower-case letters and digits in words joined by "
                + "hyphens; name it for example issuing-1; "
                + one
                + "activ-from: is unknown; correct its spelling or remove it; active-from: is missing; give it; "
                + "pkcs11.token-label: is missing; give it; pkcs11.key-label: is missing; give it; "
                + "pkcs11.pin-file: is missing; give it; pkcs11.sessions: \"many\" is not a number; give how many "
                + "signatures the token makes at a time; pkcs11.slow-after: \"soon\" is not a duration; write for "
                + "example 2s; "
                + two
                + "active-from: \"tomorrow\" is not an instant; write for example 2027-01-31T00:00:00Z; "
                + "pkcs11.module, keystore: neither is given; give keystore and keystore-password-file for a key in a "
                + "file, or pkcs11.module, pkcs11.token-label, pkcs11.key-label and pkcs11.pin-file for a key in a "
                + "token");
    }

    @Test
    void twoPlacesForOneKey() throws Exception {
        write("issuing-1", ACTIVE + IN_FILE + IN_TOKEN);

        refusedWith(directory.resolve("keys/issuing-1.properties")
                + ": pkcs11.module, keystore: both are given, and a CA has one key; remove the properties of the one "
                + "that is not used");
    }

    @Test
    void aTokenThatCanNotBe() throws Exception {
        write("issuing-1", ACTIVE + IN_TOKEN + "pkcs11.sessions=0\n");

        refusedWith(directory.resolve("keys/issuing-1.properties")
                + ": pkcs11.sessions: 0 is not 1 to 256; give the number of signatures that the token makes at a "
                + "time.");
    }

    @Test
    void twoKeysWithOneTime() throws Exception {
        write("issuing-1", ACTIVE + IN_FILE);
        write("issuing-2", ACTIVE + IN_FILE);

        refusedWith(directory.resolve("keys/issuing-2.properties")
                + ": active-from: 2026-01-01T00:00:00Z is also that of issuing-1; give each CA a time of its own");
    }

    @Test
    void aFileThatOthersMayRead() throws Exception {
        Path file = write("issuing-1", ACTIVE + IN_FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        refusedWith("The key file of a CA " + file + " is open to others than its owner (rw-r-----); run: chmod 600 "
                + file);
    }

    @Test
    void hostileFilesAreRefusedOrTaken() throws Exception {
        byte[] good =
                (ACTIVE + IN_TOKEN + "pkcs11.sessions=3\npkcs11.slow-after=3s\n").getBytes(StandardCharsets.UTF_8);
        Path file = write("issuing-1", "");
        var random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            try {
                assertThat(AuthorityKeyReader.read(directory)).hasSize(1);
                taken++;
            } catch (UnusableAuthorityKeysException e) {
                assertThat(e).hasMessageContaining("issuing-1.properties: ");
            }
        }
        assertThat(taken).isPositive();
    }

    private Pkcs11Settings token() throws UnusableAuthorityKeysException {
        var key = AuthorityKeyReader.read(directory).firstEntry().getValue();
        return ((KeyPlace.InToken) key.place()).settings();
    }

    private Path write(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve("keys/" + name + ".properties"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void refusedWith(String message) {
        assertThatExceptionOfType(UnusableAuthorityKeysException.class)
                .isThrownBy(() -> AuthorityKeyReader.read(directory))
                .withMessage(message);
    }
}
