package dev.evenroll.pki.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.request.SubjectAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateAuthorityTest {
    private static final PublicKey KEY = Fixture.DEVICE_KEYS.getPublic();
    private static final char[] PASSWORD = "a password for tests".toCharArray();

    @Test
    void opensslAcceptsEveryKindOfCertificate(@TempDir Path directory) throws Exception {
        var root = CertificateAuthority.selfSigned("Root", Duration.ofDays(30), InstantSource.system());
        var issuing = root.subordinate("Issuing", 0, Duration.ofDays(20));
        Path rootFile = Files.writeString(directory.resolve("root.pem"), Pem.encode(root.certificate()));
        Path chainFile = Files.writeString(directory.resolve("chain.pem"), Pem.encode(issuing.chain()));

        for (X509Certificate certificate : List.of(
                issuing.issueServer("localhost", List.of("localhost"), List.of("127.0.0.1"), KEY, Duration.ofDays(1)),
                issuing.issueClient("someone", KEY),
                issuing.issueRegistrationAuthority("controller", KEY, Duration.ofDays(1)),
                issuing.issueIdevid("Maker", "SN-1", KEY))) {
            Path file = Files.writeString(directory.resolve("leaf.pem"), Pem.encode(certificate));
            assertThat(OpenSsl.run("verify", "-x509_strict", "-CAfile", rootFile, "-untrusted", chainFile, file)
                            .output())
                    .isEqualTo(file + ": OK\n");
        }
    }

    @Test
    void serversAreKnownByTheirNames() throws Exception {
        X509Certificate certificate = Fixture.CA.issueServer(
                "localhost", List.of("localhost", "gateway"), List.of("127.0.0.1", "::1"), KEY, Duration.ofDays(1));

        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(2, "localhost"),
                        List.of(2, "gateway"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Fixture.NOW.plus(Duration.ofDays(1)));
        assertThatThrownBy(() -> Fixture.CA.issueServer("x", List.of(), List.of(), KEY, Duration.ofDays(1)))
                .hasMessage("server names: are missing; give at least one DNS name or IP address");
    }

    @Test
    void aDeviceIsBornWithASerialNumberAndNoEnd() throws Exception {
        X509Certificate idevid = Fixture.CA.issueIdevid("Maker", "SN-1", KEY);

        assertThat(SubjectAttribute.of(idevid))
                .containsExactly(
                        new SubjectAttribute("2.5.4.10", "O", "Maker"),
                        new SubjectAttribute("2.5.4.5", "serialNumber", "SN-1"));
        assertThat(idevid.getNotAfter().toInstant()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(idevid.getKeyUsage()).startsWith(true, false, false);
        assertThat(idevid.getExtendedKeyUsage()).isNull();
    }

    @Test
    void registrationAuthoritiesSaySo() throws Exception {
        assertThat(Fixture.CA
                        .issueRegistrationAuthority("controller", KEY, Duration.ofDays(1))
                        .getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.28");
    }

    @Test
    void nothingButADeviceOutlivesItsCa() {
        assertThat(Fixture.CA.issueClient("someone", KEY, Duration.ofDays(9999)).getNotAfter())
                .isEqualTo(Fixture.CA.certificate().getNotAfter());
    }

    static Stream<KeyPair> keyPairs() {
        return Stream.of(Keys.generateP256(), Keys.generateRsa(2048), Keys.generateEd25519());
    }

    @ParameterizedTest
    @MethodSource("keyPairs")
    void survivesInAFileForItsOwnerAlone(KeyPair keys, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("ca.p12");
        var authority = CertificateAuthority.selfSigned("Root", keys, Duration.ofDays(30), Fixture.CLOCK);

        authority.storePkcs12(file, PASSWORD);
        authority.storePkcs12(file, PASSWORD);
        CertificateAuthority loaded = CertificateAuthority.loadPkcs12(file, PASSWORD, Fixture.CLOCK);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(loaded.chain()).isEqualTo(authority.chain());
        assertThat(loaded.issueClient("someone", KEY).getIssuerX500Principal().getName())
                .isEqualTo("CN=Root");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aWrongPasswordOpensNothing(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ca.p12");
        Fixture.CA.storePkcs12(file, PASSWORD);

        assertThatThrownBy(() -> CertificateAuthority.loadPkcs12(file, "wrong".toCharArray(), Fixture.CLOCK))
                .isInstanceOf(IOException.class);
    }

    @Test
    void keysBelongToTheirCertificate() {
        assertThatThrownBy(() -> CertificateAuthority.of(Keys.generateP256(), Fixture.CA.chain(), Fixture.CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys: are not those of the CA certificate; give the matching pair");
    }
}
