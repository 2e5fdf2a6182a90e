package dev.evenroll.hsm.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Opening a CA key from a file: what works, and what each failure says.
class Pkcs12IssuingKeyTest {

    private static final String PASSWORD = "correct horse";

    private final CertificateAuthority authority = TestCa.create().authority();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private Path keystore = Path.of("");
    private Path passwordFile = Path.of("");

    @BeforeEach
    void writeFiles() throws Exception {
        keystore = directory.resolve("ca.p12");
        passwordFile = directory.resolve("ca.password");
        writePassword(PASSWORD + "\n");
        store("issuing-ca", authority.keys().getPrivate(), PASSWORD, authority.chain());
    }

    @Test
    void signsWhatVerifiesWithTheCertificate() throws Exception {
        var tbs = "to be signed".getBytes(StandardCharsets.UTF_8);
        try (var key = open()) {
            assertThat(key.scheme().verifies(authority.certificate().getPublicKey(), Der.of(tbs), key.sign(tbs)))
                    .isTrue();
            assertThat(key.description()).isEqualTo("key in the PKCS#12 file " + keystore);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519", "secp384r1"})
    void takesEveryKindOfCaKey(String kind) throws Exception {
        KeyPair keys = switch (kind) {
            case "RSA" -> Keys.generateRsa(2048);
            case "Ed25519" -> Keys.generateEd25519();
            default -> Keys.generateEc(kind);
        };
        var other = CertificateAuthority.selfSigned("Other CA", keys, Duration.ofDays(365), TestCa.CLOCK);
        store("issuing-ca", keys.getPrivate(), PASSWORD, other.chain());
        try (var key = open(other.issuingCertificate())) {
            var tbs = new byte[] {1, 2, 3};
            assertThat(key.scheme().verifies(keys.getPublic(), Der.of(tbs), key.sign(tbs)))
                    .isTrue();
        }
    }

    @Test
    void aClosedKeySignsNothing() throws Exception {
        var key = open();
        key.close();
        assertThatExceptionOfType(SigningFaultException.class)
                .isThrownBy(() -> key.sign(new byte[] {1}))
                .withMessage("The key in the PKCS#12 file " + keystore + " is closed; the service is stopping.");
    }

    @Test
    void doesNotProveItselfAgainstAnotherCertificate() throws Exception {
        try (var key = open()) {
            var other = TestCa.create().certificate();
            assertThatExceptionOfType(SigningFaultException.class)
                    .isThrownBy(() -> key.prove(other))
                    .withMessage("A test signature with the key in the PKCS#12 file " + keystore
                            + " does not verify with the certificate of " + other + "; give the CA its own key.");
        }
    }

    @Test
    void aMissingKeystore() throws Exception {
        Files.delete(keystore);
        refusedWith(
                "The keystore " + keystore + " does not exist; create it, or correct the path in the configuration.");
    }

    @Test
    void aDirectoryInPlaceOfTheKeystore() throws Exception {
        Files.delete(keystore);
        Files.createDirectory(keystore);
        refusedWith("The keystore " + keystore + " is not a file; correct the path in the configuration.");
    }

    @Test
    void aMissingPasswordFile() throws Exception {
        Files.delete(passwordFile);
        refusedWith("The keystore password file " + passwordFile
                + " does not exist; create it, or correct the path in the configuration.");
    }

    @Test
    void anEmptyPasswordFile() throws Exception {
        writePassword("\n");
        refusedWith(
                "The keystore password file " + passwordFile + " is empty; write the password of the keystore in it.");
    }

    @Test
    void aPasswordFileThatIsNotText() throws Exception {
        Files.write(passwordFile, new byte[] {(byte) 0xff, (byte) 0xfe});
        refusedWith("The keystore password file " + passwordFile
                + " is not text in UTF-8; write the password of the keystore in it.");
    }

    @Test
    void aWrongPassword() throws Exception {
        writePassword("wrong");
        refusedWith("The keystore " + keystore + " does not open with the password in " + passwordFile
                + "; write the right password there.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxr-xr-x"})
    void aKeystoreThatIsOpenToOthers(String permissions) throws Exception {
        Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString(permissions));
        refusedWith("The keystore " + keystore + " is open to others than its owner (" + permissions
                + "); run: chmod 600 " + keystore);
    }

    @Test
    void aPasswordFileThatIsOpenToOthers() throws Exception {
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-r--r--"));
        refusedWith("The keystore password file " + passwordFile
                + " is open to others than its owner (rw-r--r--); run: chmod 600 " + passwordFile);
    }

    @Test
    void aFileThatIsNoKeystore() throws Exception {
        Files.writeString(keystore, "-----BEGIN CERTIFICATE-----");
        refusedWith("The file " + keystore + " is not a PKCS#12 keystore, or is damaged; restore it, or export key and "
                + "chain again as PKCS#12.");
    }

    @Test
    void aKeystoreThatWasCutOff() throws Exception {
        var bytes = Files.readAllBytes(keystore);
        Files.write(keystore, Arrays.copyOf(bytes, bytes.length / 2));
        refusedWith("The file " + keystore + " is not a PKCS#12 keystore, or is damaged; restore it, or export key and "
                + "chain again as PKCS#12.");
    }

    @Test
    void anotherAlias() throws Exception {
        store("root-ca", authority.keys().getPrivate(), PASSWORD, authority.chain());
        refusedWith(
                "The keystore " + keystore + " has no private key under the alias \"issuing-ca\" (it has [root-ca]); "
                        + "import the CA's key and chain under that alias.");
    }

    @Test
    void aCertificateWithoutItsKey() throws Exception {
        write(store -> store.setCertificateEntry("issuing-ca", authority.certificate()));
        refusedWith("The keystore " + keystore
                + " has no private key under the alias \"issuing-ca\" (it has [issuing-ca]); "
                + "import the CA's key and chain under that alias.");
    }

    @Test
    void aSecretKey() throws Exception {
        write(store ->
                store.setKeyEntry("issuing-ca", new SecretKeySpec(new byte[16], "AES"), PASSWORD.toCharArray(), null));
        refusedWith("The entry \"issuing-ca\" of the keystore " + keystore
                + " is a secret key; import a private key with its chain.");
    }

    @Test
    void aKeyWithAPasswordOfItsOwn() throws Exception {
        store("issuing-ca", authority.keys().getPrivate(), "another", authority.chain());
        refusedWith("The private key \"issuing-ca\" of the keystore " + keystore
                + " does not open with the password in " + passwordFile
                + "; give the key the password of the keystore.");
    }

    /// While the certificate is still under way, a placeholder stands beside the key.
    @Test
    void theCertificateInTheKeystoreIsPassedOver() throws Exception {
        store(
                "issuing-ca",
                authority.keys().getPrivate(),
                PASSWORD,
                List.of(TestCa.create().authority().certificate()));
        try (var key = open()) {
            key.prove(authority.issuingCertificate());
        }
    }

    @Test
    void aKeyBesideTheCertificateOfAnother() throws Exception {
        store("issuing-ca", Keys.generateP256().getPrivate(), PASSWORD, authority.chain());
        refusedWith("The entry \"issuing-ca\" of the keystore " + keystore
                + " holds a private key that does not belong to the certificate of " + authority.issuingCertificate()
                + "; give the CA its own key.");
    }

    @Test
    void aKeyOfAnotherAlgorithmThanItsCertificate() throws Exception {
        store("issuing-ca", Keys.generateRsa(2048).getPrivate(), PASSWORD, authority.chain());
        refusedWith("The entry \"issuing-ca\" of the keystore " + keystore
                + " holds a private key that does not belong to the certificate of " + authority.issuingCertificate()
                + "; give the CA its own key.");
    }

    @Test
    void noMessageRepeatsThePassword() throws Exception {
        writePassword("hunter2hunter2");
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(this::open)
                .satisfies(e -> assertThat(e).hasStackTraceContaining("Pkcs12Entry"))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hunter2"));
    }

    private Pkcs12IssuingKey open() throws UnusableKeystoreException {
        return open(authority.issuingCertificate());
    }

    private Pkcs12IssuingKey open(IssuingCertificate certificate) throws UnusableKeystoreException {
        return Pkcs12IssuingKey.open(keystore, passwordFile, "issuing-ca", certificate);
    }

    private void refusedWith(String message) {
        assertThatExceptionOfType(UnusableKeystoreException.class)
                .isThrownBy(this::open)
                .withMessage(message);
    }

    private void writePassword(String content) throws IOException {
        Files.writeString(passwordFile, content);
        ownerOnly(passwordFile);
    }

    private void store(String alias, PrivateKey key, String keyPassword, List<X509Certificate> chain)
            throws IOException, GeneralSecurityException {
        write(store -> store.setKeyEntry(alias, key, keyPassword.toCharArray(), chain.toArray(X509Certificate[]::new)));
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private void write(Filling filling) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12", "SUN");
        store.load(null, null);
        filling.fill(store);
        var bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        Files.write(keystore, bytes.toByteArray());
        ownerOnly(keystore);
    }

    private static void ownerOnly(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
