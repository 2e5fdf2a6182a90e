package dev.evenroll.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.schemas.topic.Principal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustMaterialTest {

    private static final List<String> ADMINISTERED = List.of("csr-validator");

    private static final NewIssuingKey IN_A_FILE = new NewIssuingKey(CaKey.FILE, List.of());

    @TempDir
    private Path root;

    private Instant now = Instant.now();
    private TrustFiles files;

    @BeforeEach
    void first() throws Exception {
        files = new TrustFiles(root);
        establish();
    }

    @Test
    void theRootOfTheDevicesAnchorsTheEstServer() throws Exception {
        var server = files.estServer().certificate();
        assertThat(openssl(
                        "verify",
                        "-purpose",
                        "sslserver",
                        "-verify_hostname",
                        "localhost",
                        "-CAfile",
                        files.caChain(),
                        "-untrusted",
                        server,
                        server))
                .endsWith("certificate.pem: OK\n");
    }

    @Test
    void thePlatformAnchorsPrincipalsAndAdministration() throws Exception {
        for (var principal : Principal.values()) {
            var certificate = files.kafka(principal.principalName()).certificate();
            assertThat(openssl("verify", "-purpose", "sslclient", "-CAfile", files.platformAnchor(), certificate))
                    .endsWith(": OK\n");
            assertThat(certificate(certificate).getSubjectX500Principal().getName())
                    .isEqualTo("CN=" + principal.principalName());
        }
        var broker = files.kafka(TrustFiles.BROKER).certificate();
        for (var purpose : List.of("sslclient", "sslserver")) {
            assertThat(openssl("verify", "-purpose", purpose, "-CAfile", files.platformAnchor(), broker))
                    .endsWith(": OK\n");
        }
        var administration = files.administration("csr-validator").certificate();
        assertThat(openssl("verify", "-verify_ip", "127.0.0.1", "-CAfile", files.platformAnchor(), administration))
                .endsWith(": OK\n");
    }

    @Test
    void aPrincipalIsNothingToTheDevicesRoot() throws Exception {
        assertThat(openssl(
                        "verify",
                        "-CAfile",
                        files.caChain(),
                        files.kafka("issuer").certificate()))
                .contains("verification failed");
    }

    @Test
    void theIssuingKeyStoreOpensWithItsPassword() throws Exception {
        var authority = files.issuingAuthority();
        assertThat(authority.open(() -> now).chain())
                .isEqualTo(Pem.decodeCertificates(Files.readString(files.caChain())));
        assertThat(openssl(
                        "pkcs12",
                        "-in",
                        authority.keyStore(),
                        "-passin",
                        "file:" + authority.passwordFile(),
                        "-nokeys",
                        "-clcerts"))
                .contains("friendlyName: issuing-ca");
    }

    @Test
    void nobodyElseMayReadAnything() throws Exception {
        try (var all = Files.walk(root)) {
            for (var path : all.filter(path -> !path.equals(root)).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void aSecondStartFindsEverythingAsItWas() throws Exception {
        var before = contents();
        assertThat(establish()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void whatExpiresSoonIsMadeAnewByTheSameAuthorities() throws Exception {
        var before = contents();
        now = now.plus(Duration.ofDays(370));
        assertThat(establish())
                .contains("the certificate of the EST server", "the certificate issuer.pem")
                .doesNotContain("the CA of the devices", "the CA of the platform");
        assertThat(contents().get(files.caChain())).isEqualTo(before.get(files.caChain()));
        assertThat(contents().get(files.kafka("issuer").key()))
                .isNotEqualTo(before.get(files.kafka("issuer").key()));
        assertThat(certificate(files.estServer().certificate()).getNotAfter().toInstant())
                .isAfter(now.plus(Duration.ofDays(390)));
    }

    @Test
    void aNewNameGetsIntoTheServersCertificate() throws Exception {
        assertThat(TrustMaterial.establish(
                        files, IN_A_FILE, List.of("est.example", "192.0.2.7"), ADMINISTERED, () -> now))
                .containsExactly("the certificate of the EST server");
        var names = certificate(files.estServer().certificate()).getSubjectAlternativeNames().stream()
                .map(name -> name.get(1).toString())
                .toList();
        assertThat(names).containsExactly("localhost", "est.example", "127.0.0.1", "192.0.2.7");
        assertThat(establish()).isEmpty();
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThatThrownBy(() -> TrustMaterial.establish(
                        files, IN_A_FILE, List.of("https://est.example"), ADMINISTERED, () -> now))
                .hasMessage("\"https://est.example\" is neither a host name nor an IPv4 address;"
                        + " give the name that devices call.");
    }

    private List<String> establish() throws Exception {
        return TrustMaterial.establish(files, IN_A_FILE, List.of(), ADMINISTERED, () -> now);
    }

    private Map<Path, String> contents() throws Exception {
        var contents = new TreeMap<Path, String>();
        try (var all = Files.walk(root)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static X509Certificate certificate(Path file) throws Exception {
        return Pem.decodeCertificates(Files.readString(file)).getFirst();
    }

    private static String openssl(Object... arguments) throws Exception {
        var words = new ArrayList<>(List.of("openssl"));
        for (var argument : arguments) {
            words.add(argument.toString());
        }
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
