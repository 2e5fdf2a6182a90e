package dev.evenroll.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.evenroll.hsm.authority.AuthorityKeyReader;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CeremonyEntry;
import dev.evenroll.hsm.ceremony.CeremonyLog;
import dev.evenroll.hsm.ceremony.CeremonyStep;
import dev.evenroll.hsm.pkcs11.SoftHsm;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.schemas.topic.Principal;
import java.io.File;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustMaterialTest {

    private static final List<String> ADMINISTERED = List.of("csr-validator");

    private static final String SECRET = ".*/(keys|roots)|.*\\.(p12|password|properties)";

    private static final Environment TEST = new Environment("test");

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

    /// What the ceremony has made for everybody lies in a directory that nobody else may enter.
    @Test
    void nobodyElseMayReadAnything() throws Exception {
        var ca = files.caDirectory();
        try (var all = Files.walk(root)) {
            for (var path : all.filter(path -> !path.equals(root)).toList()) {
                var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                if (!path.startsWith(ca) || path.equals(ca) || path.toString().matches(SECRET)) {
                    assertThat(permissions)
                            .as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    @Test
    void theCasOfDevicesAreMadeByACeremonyThatNobodyWasAskedIn() throws Exception {
        var steps =
                CeremonyLog.read(files.caDirectory().resolve("ceremony.jsonl")).entries();
        assertThat(steps)
                .extracting(CeremonyEntry::step, CeremonyEntry::authority, CeremonyEntry::key)
                .containsExactly(
                        tuple(CeremonyStep.ROOT_CREATED, "root-1", "software key in root-1.p12, for tests only"),
                        tuple(
                                CeremonyStep.ISSUING_CREATED,
                                "issuing-1",
                                "software key in issuing-1.p12, for tests only"));
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.operator())
                        .isEqualTo(
                                System.getProperty("user.name") + " by evenroll up: a local stack, nobody was asked"));
        assertThat(certificate(files.caChain()).getSubjectX500Principal().getName())
                .isEqualTo("CN=Evenroll Local Issuing CA 1 (test),O=Evenroll Local");
    }

    @Test
    void aStartThatWasInterruptedGoesOn() throws Exception {
        var root = certificate(files.caDirectory().resolve("roots/root-1.pem"));
        Files.delete(files.serverAuthority().keyStore());
        Files.delete(files.caChain());
        assertThat(establish()).contains("the CA of the devices");
        assertThat(Pem.decodeCertificates(Files.readString(files.caChain())).getLast())
                .isEqualTo(root);
    }

    /// A directory of an earlier version has CAs, and no record of a ceremony.
    @Test
    void casThatNoCeremonyHasMadeStay() throws Exception {
        Files.delete(files.caDirectory().resolve("ceremony.jsonl"));
        var before = contents();
        assertThat(establish()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void theIssuingKeyIsMadeInATokenAndStaysThere(@TempDir Path other) throws Exception {
        SoftHsm.module();
        var inToken = new TrustFiles(other);
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        TrustMaterial.establish(
                inToken, new NewIssuingKey(CaKey.TOKEN, classPath), TEST, List.of(), ADMINISTERED, () -> now);
        assertThat(AuthorityKeyReader.read(inToken.caDirectory())
                        .firstEntry()
                        .getValue()
                        .place())
                .isInstanceOf(KeyPlace.InToken.class);
        assertThat(inToken.caKey()).isEqualTo(CaKey.TOKEN);
        assertThat(openssl("verify", "-trusted", inToken.caDirectory().resolve("roots/root-1.pem"), inToken.caChain()))
                .endsWith("issuing-1.pem: OK\n");
        assertThat(inToken.caDirectory().resolve("token/errors")).doesNotExist();
        var record = Files.readString(inToken.caDirectory().resolve("ceremony.jsonl"));
        assertThat(record)
                .contains("key \\\"test-issuing-1\\\" in the token \\\"evenroll-local\\\"")
                .doesNotContain(Files.readString(inToken.token().pinFile()).strip());
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
                        files, IN_A_FILE, TEST, List.of("est.example", "192.0.2.7"), ADMINISTERED, () -> now))
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
                        files, IN_A_FILE, TEST, List.of("https://est.example"), ADMINISTERED, () -> now))
                .hasMessage("\"https://est.example\" is neither a host name nor an IPv4 address;"
                        + " give the name that devices call.");
    }

    private List<String> establish() throws Exception {
        return TrustMaterial.establish(files, IN_A_FILE, TEST, List.of(), ADMINISTERED, () -> now);
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
