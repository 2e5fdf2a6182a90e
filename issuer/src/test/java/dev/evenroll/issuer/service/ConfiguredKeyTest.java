package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.pki.Pem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the configuration says that the CA key is: one place, and what is wrong with it by the name of the property.
class ConfiguredKeyTest {

    private final TestCa ca = TestCa.create();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void aKeyInAFile() throws Exception {
        var keystore = directory.resolve("ca.p12");
        store(keystore, "password".toCharArray());
        var password = ownerOnly("password", "password");
        ownerOnly(keystore);
        var opened = open(Map.of("keystore", keystore.toString(), "keystore-password-file", password.toString()));
        assertThat(opened.certificate().keyId()).isEqualTo(ca.certificate().keyId());
    }

    @Test
    void noKeyAtAll() {
        refusedWith(
                Map.of(),
                "evenroll.ca.keystore, evenroll.ca.pkcs11: neither is set; set evenroll.ca.keystore and "
                        + "evenroll.ca.keystore-password-file for a key in a file, or evenroll.ca.pkcs11.module, "
                        + ".token-label, .key-label and .pin-file and evenroll.ca.chain for a key in a token.");
    }

    @Test
    void twoKeys() throws Exception {
        var both = new HashMap<>(token());
        both.put("keystore", "ca.p12");
        refusedWith(
                both,
                "evenroll.ca.keystore, evenroll.ca.pkcs11: both are set, and a CA has one key; remove the properties of "
                        + "the one that is not used.");
    }

    @Test
    void aKeystoreWithoutItsPassword() {
        refusedWith(
                Map.of("keystore", "ca.p12"),
                "evenroll.ca.keystore-password-file: is missing; it has to be set together with evenroll.ca.keystore.");
    }

    @Test
    void aTokenWithoutAChain() throws Exception {
        var properties = new HashMap<>(token());
        properties.remove("chain");
        refusedWith(properties, "evenroll.ca.chain: is missing; it has to be set together with evenroll.ca.pkcs11.");
    }

    @Test
    void aTokenWithoutItsLabel() throws Exception {
        var properties = new HashMap<>(token());
        properties.remove("pkcs11.token-label");
        assertThatExceptionOfType(ConfigValidationException.class)
                .isThrownBy(() -> open(properties))
                .withMessageContaining("evenroll.ca.pkcs11.token-label");
    }

    @Test
    void aChainThatIsNotThere() throws Exception {
        var properties = new HashMap<>(token());
        properties.put("chain", "none.pem");
        refusedWith(
                properties,
                "evenroll.ca.chain: The CA chain none.pem is not a file; create it, or correct the path in the "
                        + "configuration.");
    }

    @Test
    void aModuleThatIsNotThere() throws Exception {
        refusedWith(
                token(),
                "evenroll.ca.pkcs11: The PKCS#11 module none.so is not a file; install the token's library, or correct "
                        + "the path in the configuration.");
    }

    @Test
    void noSessions() throws Exception {
        var properties = new HashMap<>(token());
        properties.put("pkcs11.sessions", "0");
        refusedWith(
                properties,
                "evenroll.ca.pkcs11: sessions: 0 is not 1 to 256; give the number of signatures that the token makes at "
                        + "a time.");
    }

    private void store(Path keystore, char[] password) throws Exception {
        var store = KeyStore.getInstance("PKCS12", "SUN");
        store.load(null, null);
        store.setKeyEntry(
                "issuing-ca",
                ca.authority().keys().getPrivate(),
                password,
                ca.authority().chain().toArray(X509Certificate[]::new));
        try (var file = Files.newOutputStream(keystore)) {
            store.store(file, password);
        }
    }

    private Map<String, String> token() throws Exception {
        var chain = directory.resolve("chain.pem");
        Files.writeString(chain, Pem.encode(ca.authority().chain()));
        return Map.of(
                "pkcs11.module", "none.so",
                "pkcs11.token-label", "issuing",
                "pkcs11.key-label", "ca",
                "pkcs11.pin-file", ownerOnly("pin", "1234").toString(),
                "chain", chain.toString());
    }

    private Path ownerOnly(String name, String content) throws Exception {
        var file = Files.writeString(directory.resolve(name), content);
        ownerOnly(file);
        return file;
    }

    private static void ownerOnly(Path file) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static ConfiguredKey open(Map<String, String> properties) {
        return ConfiguredKey.open(TestConfiguration.ca(properties), new SimpleMeterRegistry());
    }

    private static void refusedWith(Map<String, String> properties, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(properties))
                .withMessage(message);
    }
}
