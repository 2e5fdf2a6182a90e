package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The token "issuing" of SoftHSM2, for a CA key "ca", and the faults that were counted.
///
/// @param faults in their order
record TokenScene(SoftHsm softHsm, Path pinFile, List<TokenFault> faults) {

    private static final int CLOSE_ALL_SESSIONS = 14;

    static TokenScene in(Path directory) throws Exception {
        var softHsm = SoftHsm.in(directory);
        softHsm.initialize("issuing");
        var scene = new TokenScene(softHsm, directory.resolve("pin"), new CopyOnWriteArrayList<>());
        scene.writePin(SoftHsm.PIN);
        return scene;
    }

    void writePin(String pin) throws IOException {
        Files.writeString(pinFile, pin + "\n");
        Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-------"));
    }

    Pkcs11Settings settings(int sessions) {
        return new Pkcs11Settings(SoftHsm.module(), "issuing", "ca", pinFile, sessions, Duration.ofSeconds(10), "");
    }

    Pkcs11IssuingKey open(int sessions, IssuingCertificate certificate) throws UnusableKeystoreException {
        return Pkcs11IssuingKey.of(settings(sessions), certificate, faults::add);
    }

    /// The certificate of a P-256 key that the token has just made.
    IssuingCertificate certifiedKey() throws Exception {
        return certified(TestKeyPair.P256.make(settings(1), SoftHsm.PIN));
    }

    static IssuingCertificate certified(PublicKey key) {
        var root = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(7300), TestCa.CLOCK);
        return IssuingCertificate.of(root.certifySubordinate("Test Issuing CA", 0, key, Duration.ofDays(3650)));
    }

    /// Closes the sessions of this process behind the back of the key.
    static void closeAllSessions() throws Exception {
        var cryptoki = LoadedModules.load(SoftHsm.module());
        FunctionList.call(
                "C_CloseAllSessions",
                cryptoki.functions().function(CLOSE_ALL_SESSIONS, JAVA_LONG),
                TestKeyPair.slot(cryptoki, "issuing"));
    }

    /// Where the token lies.
    Path onlyToken() throws IOException {
        try (var tokens = Files.list(softHsm.tokens())) {
            return tokens.findFirst().orElseThrow();
        }
    }

    /// What is done in a session of the token.
    interface Work {
        void in(Cryptoki cryptoki, long session) throws Exception;
    }

    /// In a session that writes, logged in. The library must not be in use.
    static void inSession(Pkcs11Settings settings, Work work) throws Exception {
        var cryptoki = LoadedModules.load(settings.module());
        cryptoki.initialize(settings.initArguments());
        try {
            long session = cryptoki.openWritingSession(TestKeyPair.slot(cryptoki, settings.tokenLabel()));
            cryptoki.login(session, SoftHsm.PIN.getBytes(StandardCharsets.UTF_8));
            work.in(cryptoki, session);
        } finally {
            cryptoki.finish();
        }
    }

    /// Half of the only key of the settings.
    static long half(Cryptoki cryptoki, long session, Pkcs11Settings settings, long kind) throws CryptokiException {
        long[] found = cryptoki.find(
                session, Attributes.NONE.with(Attributes.CLASS, kind).with(Attributes.LABEL, settings.keyLabel()), 2);
        assertThat(found).hasSize(1);
        return found[0];
    }

    static void assertFault(Pkcs11IssuingKey key, IssuingCertificate certificate, String message) {
        assertThatExceptionOfType(SigningFaultException.class)
                .isThrownBy(() -> key.prove(certificate))
                .withMessage(message);
    }

    /// A ceremony finds nothing, makes the key, refuses the label from then on, and finds and uses what it made.
    static void assertMakesAndFinds(Pkcs11Settings settings) throws Exception {
        var key = TokenKey.of(settings, _ -> {
            throw new AssertionError("the PIN stands in the file");
        });
        assertThat(key.find()).isEmpty();
        var made = key.make(KeyType.P_256);
        assertThat(TokenKey.of(settings, _ -> SoftHsm.PIN.toCharArray()).find()).contains(made);
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(() -> key.make(KeyType.P_256))
                .withMessageStartingWith("There is a key \"" + settings.keyLabel() + "\" in the token \""
                        + settings.tokenLabel() + "\" already, and it is not taken for a new CA");
        var bytes = Der.of(new byte[] {1});
        assertThat(SignatureScheme.ECDSA_SHA256.verifies(made, bytes, key.sign(made, bytes)))
                .isTrue();
        assertId(settings, made);
    }

    private static void assertId(Pkcs11Settings settings, PublicKey made) throws Exception {
        var id = HexFormat.of().parseHex(CaRequest.keyId(made));
        inSession(settings, (cryptoki, session) -> {
            for (long kind : new long[] {Attributes.PRIVATE_KEY, Attributes.PUBLIC_KEY}) {
                long half = half(cryptoki, session, settings, kind);
                assertThat(cryptoki.attribute(session, half, Attributes.ID)).isEqualTo(id);
            }
        });
    }

    /// A key that we made signs, and does nothing else.
    static void assertSignsOnly(Pkcs11Settings settings, KeyType type) throws Exception {
        var _ = TokenKey.of(settings, _ -> SoftHsm.PIN.toCharArray()).make(type);
        inSession(settings, (cryptoki, session) -> {
            long key = half(cryptoki, session, settings, Attributes.PRIVATE_KEY);
            assertThat(purposes(cryptoki, session, key)).containsExactly(Attributes.SIGN);
            long publicHalf = half(cryptoki, session, settings, Attributes.PUBLIC_KEY);
            assertThat(purposes(cryptoki, session, publicHalf)).containsExactly(Attributes.VERIFY);
        });
    }

    private static List<Long> purposes(Cryptoki cryptoki, long session, long key) throws CryptokiException {
        var purposes = new ArrayList<Long>();
        for (long type = Attributes.ENCRYPT; type <= Attributes.DERIVE; type++) {
            try {
                if (cryptoki.attribute(session, key, type)[0] != 0) {
                    purposes.add(type);
                }
            } catch (CryptokiException e) {
                assertThat(e.is(ReturnValue.CKR_ATTRIBUTE_TYPE_INVALID)).isTrue();
            }
        }
        return purposes;
    }

    /// A key that we made has never been outside the token, and the token says so.
    static void assertNeverOutside(Pkcs11Settings settings) throws Exception {
        inSession(settings, (cryptoki, session) -> {
            long key = half(cryptoki, session, settings, Attributes.PRIVATE_KEY);
            for (long type : new long[] {Attributes.NEVER_EXTRACTABLE, Attributes.ALWAYS_SENSITIVE}) {
                assertThat(cryptoki.attribute(session, key, type)).containsExactly(1);
            }
        });
    }
}
