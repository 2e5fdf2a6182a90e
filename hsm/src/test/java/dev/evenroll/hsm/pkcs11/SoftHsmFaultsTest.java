package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults of a token, SoftHSM2: what each says, and how it comes back without a restart.
class SoftHsmFaultsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private TokenScene scene;

    @BeforeEach
    void makeToken() throws Exception {
        scene = TokenScene.in(directory);
    }

    @Test
    void aMissingTokenIsUsedAsSoonAsItIsThere() throws Exception {
        var elsewhere =
                new Pkcs11Settings(SoftHsm.module(), "second", "ca", scene.pinFile(), 1, Duration.ofSeconds(10), "");
        var certificate = TokenScene.certified(Keys.generateP256().getPublic());
        try (var key = Pkcs11IssuingKey.of(elsewhere, certificate, scene.faults()::add)) {
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The token \"second\" is not there (the module " + SoftHsm.module()
                            + " shows [issuing]); connect the token, or correct pkcs11.token-label of the CA.");
            assertThat(key.problem()).isPresent();
        }
        assertThat(scene.faults()).containsExactly(TokenFault.TOKEN_MISSING);

        scene.softHsm().initialize("second");
        var made = TokenScene.certified(TestKeyPair.P256.make(elsewhere, SoftHsm.PIN));
        try (var key = Pkcs11IssuingKey.of(elsewhere, made, scene.faults()::add)) {
            key.prove(made);
        }
    }

    @Test
    void aTokenThatWasAwayIsUsedAgain() throws Exception {
        var certificate = scene.certifiedKey();
        try (var key = scene.open(2, certificate)) {
            var token = scene.onlyToken();
            var away = directory.resolve("away");
            Files.move(token, away);
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(certificate))
                    .withMessageStartingWith("The token \"issuing\"");
            assertThat(key.problem()).isPresent();

            Files.move(away, token);
            key.prove(certificate);
            assertThat(key.problem()).isEmpty();

            TokenScene.closeAllSessions();
            Files.move(token, away);
            assertThatExceptionOfType(SigningFaultException.class).isThrownBy(() -> key.prove(certificate));
            Files.move(away, token);
            key.prove(certificate);
        }
        assertThat(scene.faults())
                .containsExactly(TokenFault.TOKEN_MISSING, TokenFault.SESSION_LOST, TokenFault.TOKEN_MISSING);
    }

    @Test
    void aMissingKeyIsUsedAsSoonAsItIsMade() throws Exception {
        var certificate = TokenScene.certified(Keys.generateP256().getPublic());
        try (var key = scene.open(1, certificate)) {
            TokenScene.assertFault(
                    key,
                    certificate,
                    "There is no private key \"ca\" in the token \"issuing\"; make the key in the token, or correct "
                            + "pkcs11.key-label of the CA.");
            var made = TokenScene.certified(TestKeyPair.P256.make(scene.settings(1), SoftHsm.PIN));
            key.prove(made);
        }
        assertThat(scene.faults()).containsExactly(TokenFault.KEY_MISSING);
    }

    @Test
    void aWrongPinIsTriedOnceUntilTheFileChanges() throws Exception {
        var certificate = scene.certifiedKey();
        scene.writePin("wrong-hunter2");
        try (var key = scene.open(1, certificate)) {
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The token \"issuing\" refuses the PIN in " + scene.pinFile()
                            + ": C_Login answered CKR_PIN_INCORRECT; write the right PIN in the PIN file. It is not "
                            + "tried again before the file has changed, so as not to lock the token.");
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The token \"issuing\" has refused the PIN in " + scene.pinFile()
                            + "; write the right PIN in the PIN file. It is not tried again before the file has "
                            + "changed, so as not to lock the token.");
            scene.writePin(SoftHsm.PIN);
            Files.setLastModifiedTime(scene.pinFile(), FileTime.fromMillis(1_000));
            key.prove(certificate);
        }
        assertThat(scene.faults()).containsExactly(TokenFault.PIN_REFUSED);
    }

    @Test
    void aPinFileThatIsGoneIsReadWhenItIsBack() throws Exception {
        var certificate = scene.certifiedKey();
        try (var key = scene.open(1, certificate)) {
            Files.delete(scene.pinFile());
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The token \"issuing\" can not be logged in to: the PIN file " + scene.pinFile()
                            + " can not be read; give this process its PIN file back.");
            scene.writePin(SoftHsm.PIN);
            key.prove(certificate);
        }
        assertThat(scene.faults()).containsExactly(TokenFault.PIN_UNREADABLE);
    }

    @Test
    void anExtractableKeyIsRefused() throws Exception {
        var certificate = TokenScene.certified(TestKeyPair.P256.make(scene.settings(1), SoftHsm.PIN, true, true));
        try (var key = scene.open(1, certificate)) {
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The private key \"ca\" in the token \"issuing\" is extractable (CKA_EXTRACTABLE), so a thief could "
                            + "take it along; make a key in the token that can not leave it, and have it certified.");
        }
        assertThat(scene.faults()).containsExactly(TokenFault.KEY_REFUSED);
    }

    @Test
    void aKeyThatIsNotSensitiveIsRefused() throws Exception {
        var certificate = TokenScene.certified(TestKeyPair.P256.make(scene.settings(1), SoftHsm.PIN, false, false));
        try (var key = scene.open(1, certificate)) {
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The private key \"ca\" in the token \"issuing\" is not sensitive (CKA_SENSITIVE), so its value can "
                            + "be read; make a key in the token that can not leave it, and have it certified.");
        }
    }

    /// Its attributes were set right after somebody had read it.
    @ParameterizedTest
    @CsvSource({
        "true, true, 'was imported or was extractable once (CKA_NEVER_EXTRACTABLE is false), so somebody may have a copy'",
        "false, false, "
                + "'was not always sensitive (CKA_ALWAYS_SENSITIVE is false), so somebody may have read its value'",
    })
    void aKeyThatWasReadableOnceIsRefused(boolean extractable, boolean sensitive, String why) throws Exception {
        var settings = scene.settings(1);
        var made = TestKeyPair.P256.make(settings, SoftHsm.PIN, extractable, sensitive);
        TokenScene.inSession(settings, (cryptoki, session) -> {
            long key = TokenScene.half(cryptoki, session, settings, Attributes.PRIVATE_KEY);
            var mended = extractable
                    ? Attributes.NONE.with(Attributes.EXTRACTABLE, false)
                    : Attributes.NONE.with(Attributes.SENSITIVE, true);
            cryptoki.setAttributes(session, key, mended);
        });
        assertRefused(TokenScene.certified(made), why);
    }

    @Test
    void anImportedKeyIsRefused() throws Exception {
        var pair = Keys.generateP256();
        TestKeyPair.importPrivateHalf(scene.settings(1), (ECPrivateKey) pair.getPrivate());
        assertRefused(
                TokenScene.certified(pair.getPublic()),
                "was imported or was extractable once (CKA_NEVER_EXTRACTABLE is false), so somebody may have a copy");
    }

    private void assertRefused(IssuingCertificate certificate, String why) throws Exception {
        try (var key = scene.open(1, certificate)) {
            TokenScene.assertFault(
                    key,
                    certificate,
                    "The private key \"ca\" in the token \"issuing\" " + why
                            + "; make a key in the token that can not leave it, and have it certified.");
        }
        assertThat(scene.faults()).containsExactly(TokenFault.KEY_REFUSED);
    }

    @Test
    void twoKeysOfOneLabelAreRefused() throws Exception {
        var certificate = scene.certifiedKey();
        TestKeyPair.P256.make(scene.settings(1), SoftHsm.PIN, false, true);
        try (var key = scene.open(1, certificate)) {
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(certificate))
                    .withMessageContaining("is not the only one of that label");
        }
    }

    @Test
    void aKeyOfAnotherKindThanItsCertificate() throws Exception {
        TestKeyPair.RSA.make(scene.settings(1), SoftHsm.PIN);
        var other = TokenScene.certified(Keys.generateP256().getPublic());
        try (var key = scene.open(1, other)) {
            TokenScene.assertFault(
                    key,
                    other,
                    "The private key \"ca\" in the token \"issuing\" is of another kind than the key of the CA "
                            + "certificate; make a key in the token that can not leave it, and have it certified.");
        }
        assertThat(scene.faults()).containsExactly(TokenFault.KEY_REFUSED);
    }

    @Test
    void aMissingPinFileStopsTheStart() throws Exception {
        var certificate = scene.certifiedKey();
        Files.delete(scene.pinFile());
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> scene.open(1, certificate))
                .withMessage("The PIN file " + scene.pinFile()
                        + " does not exist; create it, or correct the path in the configuration.");
    }

    @Test
    void noMessageRepeatsThePin() throws Exception {
        var certificate = scene.certifiedKey();
        scene.writePin("wrong-hunter2");
        try (var key = scene.open(1, certificate)) {
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(certificate))
                    .satisfies(e -> assertThat(
                                    e.toString() + e.getCause() + key.problem() + key.facts() + scene.settings(1))
                            .doesNotContain("hunter2"));
        }
    }
}
