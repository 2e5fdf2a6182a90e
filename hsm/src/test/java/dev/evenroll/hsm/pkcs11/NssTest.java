package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A CA key in the software token of NSS: a second implementation, so that nothing is made to measure for the first.
class NssTest {

    private static final List<Path> MODULES = Stream.of(
                    "/usr/lib/x86_64-linux-gnu/libsoftokn3.so",
                    "/usr/lib/aarch64-linux-gnu/libsoftokn3.so",
                    "/usr/lib64/libsoftokn3.so")
            .map(Path::of)
            .toList();

    private static final String TOKEN = "NSS Certificate DB";
    private static final String PIN = "7391-secret";
    private static final int INIT_PIN = 10;
    private static final int CLOSE_ALL_SESSIONS = 14;
    private static final int LOGIN = 18;
    private static final long SECURITY_OFFICER = 0;

    private final List<TokenFault> faults = new CopyOnWriteArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private Path pinFile = Path.of("");

    @BeforeEach
    void makeToken() throws Exception {
        var module = SoftHsm.installed(MODULES, "libnss3");
        pinFile = directory.resolve("pin");
        writePin(PIN);
        var cryptoki = LoadedModules.load(module);
        cryptoki.initialize(settings(1).initArguments());
        try {
            initPin(cryptoki);
        } finally {
            cryptoki.finish();
        }
    }

    private static void initPin(Cryptoki cryptoki) throws CryptokiException {
        long session = cryptoki.openWritingSession(TestKeyPair.slot(cryptoki, TOKEN));
        var login = cryptoki.functions().function(LOGIN, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        var initPin = cryptoki.functions().function(INIT_PIN, JAVA_LONG, ADDRESS, JAVA_LONG);
        try (var arena = Arena.ofConfined()) {
            FunctionList.call("C_Login", login, session, SECURITY_OFFICER, arena.allocate(1), 0L);
            var pin = arena.allocateFrom(JAVA_BYTE, PIN.getBytes(StandardCharsets.UTF_8));
            FunctionList.call("C_InitPIN", initPin, session, pin, pin.byteSize());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ED25519")
    void signsWithEveryKindOfKey(TestKeyPair kind) throws Exception {
        signsWith(kind);
    }

    @Test
    void aCeremonyMakesAKeyAndFindsItAgain() throws Exception {
        TokenScene.assertMakesAndFinds(settings(1));
        TokenScene.assertNeverOutside(settings(1));
    }

    @Test
    void aKeyThatWasExtractableOnceIsRefused() throws Exception {
        var made = TestKeyPair.P256.make(settings(1), PIN, true, true);
        TokenScene.inSession(settings(1), (cryptoki, session) -> {
            long key = TokenScene.half(cryptoki, session, settings(1), Attributes.PRIVATE_KEY);
            cryptoki.setAttributes(session, key, Attributes.NONE.with(Attributes.EXTRACTABLE, false));
        });
        var certificate = TokenScene.certified(made);
        try (var key = open(1, certificate)) {
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(certificate))
                    .withMessageContaining("was imported or was extractable once (CKA_NEVER_EXTRACTABLE is false)");
        }
    }

    private void signsWith(TestKeyPair kind) throws Exception {
        var certificate = certified(kind);
        try (var key = open(4, certificate);
                var threads = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> {
                    for (int j = 0; j < 10; j++) {
                        key.prove(certificate);
                    }
                    return true;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_3072"})
    void aKeyOfACeremonySignsOnly(KeyType type) throws Exception {
        TokenScene.assertSignsOnly(settings(1), type);
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_3072"})
    void aCeremonyMakesAChainThatOpenSslAccepts(KeyType type) throws Exception {
        CeremonyInToken.assertChainsVerify(directory, settings(1), type);
    }

    @Test
    void lostSessionsAreOpenedAgain() throws Exception {
        var certificate = certified(TestKeyPair.P256);
        try (var key = open(2, certificate)) {
            key.prove(certificate);
            var cryptoki = LoadedModules.load(settings(1).module());
            FunctionList.call(
                    "C_CloseAllSessions",
                    cryptoki.functions().function(CLOSE_ALL_SESSIONS, JAVA_LONG),
                    TestKeyPair.slot(cryptoki, TOKEN));
            key.prove(certificate);
        }
        assertThat(faults).containsExactly(TokenFault.SESSION_LOST);
    }

    @Test
    void aWrongPinWaitsForAnother() throws Exception {
        var certificate = certified(TestKeyPair.P256);
        writePin("wrong");
        try (var key = open(1, certificate)) {
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(certificate))
                    .withMessageContaining("refuses the PIN in " + pinFile + ": C_Login answered CKR_PIN_INCORRECT");
            writePin(PIN);
            key.prove(certificate);
        }
        assertThat(faults).containsExactly(TokenFault.PIN_REFUSED);
    }

    private IssuingCertificate certified(TestKeyPair kind) throws Exception {
        var root = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(7300), TestCa.CLOCK);
        return IssuingCertificate.of(
                root.certifySubordinate("Test Issuing CA", 0, kind.make(settings(1), PIN), Duration.ofDays(3650)));
    }

    private Pkcs11IssuingKey open(int sessions, IssuingCertificate certificate) throws Exception {
        return Pkcs11IssuingKey.of(settings(sessions), certificate, faults::add);
    }

    private Pkcs11Settings settings(int sessions) {
        return new Pkcs11Settings(
                SoftHsm.installed(MODULES, "libnss3"),
                TOKEN,
                "ca",
                pinFile,
                sessions,
                Duration.ofSeconds(10),
                "configdir='sql:" + directory + "' certPrefix='' keyPrefix='' secmod='secmod.db' flags=");
    }

    private void writePin(String pin) throws Exception {
        Files.writeString(pinFile, pin + "\n");
        Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-------"));
    }
}
