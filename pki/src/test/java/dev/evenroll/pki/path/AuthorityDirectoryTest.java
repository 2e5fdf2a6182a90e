package dev.evenroll.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.path.AuthorityDirectory.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityDirectoryTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final InstantSource LATER = InstantSource.fixed(Fixture.NOW.plus(YEAR));

    private static final CertificateAuthority ROOT = Fixture.ROOT;
    private static final CertificateAuthority FIRST = Fixture.CA;
    private static final CertificateAuthority NEW_ROOT = CertificateAuthority.selfSigned("New Root", YEAR, LATER);
    private static final CertificateAuthority SECOND = NEW_ROOT.subordinate("Second Issuing CA", 0, YEAR);
    private static final X509Certificate CROSS = ROOT.certifySubordinate(
                    "New Root", 1, NEW_ROOT.keys().getPublic(), YEAR)
            .getFirst();

    @TempDir
    private Path directory;

    @BeforeEach
    void oneAuthority() throws IOException {
        write("chains/issuing-1.pem", FIRST.chain());
    }

    @Test
    void oneChain() {
        var authorities = AuthorityDirectory.open(directory).current();

        assertThat(authorities.byName()).containsOnlyKeys(new AuthorityName("issuing-1"));
        assertThat(authorities.ofKeyId(FIRST.issuingCertificate().keyId())).isPresent();
        assertThat(authorities.ofKeyId("00")).isEmpty();
        assertThat(authorities.certificates()).isEqualTo(FIRST.chain());
        assertThat(authorities.anchors().names()).containsExactly("issuing-1");
    }

    @Test
    void aSecondChainAndItsCrossCertificateAreTakenUp() throws Exception {
        var followed = AuthorityDirectory.open(directory);
        assertThat(followed.refresh()).isEqualTo(new Look.Unchanged());

        write("chains/issuing-2.pem", SECOND.chain());
        write("cross/new-root.pem", List.of(CROSS));

        assertThat(followed.refresh()).isEqualTo(new Look.Changed(followed.current()));
        assertThat(followed.refresh()).isEqualTo(new Look.Unchanged());
        assertThat(followed.current().newestFirst())
                .extracting(each -> each.certificate())
                .containsExactly(SECOND.certificate(), FIRST.certificate());
        assertThat(followed.current().certificates())
                .containsExactly(
                        SECOND.certificate(), NEW_ROOT.certificate(), FIRST.certificate(), ROOT.certificate(), CROSS);
    }

    @Test
    void anUnknownCaIsLookedForInTheDirectory() throws Exception {
        var followed = AuthorityDirectory.open(directory);
        String keyId = SECOND.issuingCertificate().keyId();
        assertThat(followed.ofKeyId(keyId)).isEmpty();

        write("chains/issuing-2.pem", SECOND.chain());

        assertThat(followed.ofKeyId(keyId)).isPresent();
    }

    @Test
    void aRootThatTwoChainsShareStandsOnce() throws Exception {
        var sibling = ROOT.subordinate("Sibling", 0, YEAR);
        write("chains/sibling.pem", sibling.chain());

        assertThat(AuthorityDirectory.open(directory).current().certificates())
                .containsExactlyInAnyOrder(FIRST.certificate(), sibling.certificate(), ROOT.certificate());
    }

    /// At whatever byte the copy has arrived.
    @Test
    void aFileInTheMiddleOfItsCopyLeavesTheFormerInForce() throws Exception {
        var followed = AuthorityDirectory.open(directory);
        String whole = Pem.encode(SECOND.chain());
        Path file = directory.resolve("chains/issuing-2.pem");

        for (int length : new int[] {0, 100, whole.length() / 2, whole.length() - 10}) {
            Files.writeString(file, whole.substring(0, length));
            followed.refresh();
            assertThat(followed.problem().orElseThrow()).startsWith("CA file " + file + ": ");
            assertThat(followed.current().byName()).hasSize(1);
        }
        Files.writeString(file, whole);

        assertThat(followed.refresh()).isInstanceOf(Look.Changed.class);
        assertThat(followed.problem()).isEmpty();
        assertThat(followed.current().byName()).hasSize(2);
    }

    @Test
    void aProblemIsToldOnceAndStands() throws Exception {
        var followed = AuthorityDirectory.open(directory);
        Path broken = write("chains/issuing-2.pem", List.of(SECOND.certificate()));
        String problem = "CA file " + broken + ": CA chain: ends with CN=Second Issuing CA, which is not a root; give "
                + "the chain up to the root";

        assertThat(followed.refresh()).isEqualTo(new Look.Unusable(problem));
        assertThat(followed.refresh()).isEqualTo(new Look.Unchanged());
        assertThat(followed.problem()).contains(problem);

        Files.delete(broken);
        assertThat(followed.refresh()).isEqualTo(new Look.Unchanged());
        assertThat(followed.problem()).as("what is in force is what is there").isEmpty();
    }

    @Test
    void whatCanNotBeUsedSaysWhatToDo() throws Exception {
        Path chain = directory.resolve("chains/issuing-1.pem");
        Path other = write("chains/other.pem", FIRST.chain());
        refusedWith("directory of CAs " + directory + ": CA other: has the same key as issuing-1; give each CA its own "
                + "key, and keep one chain of each");

        Files.move(other, directory.resolve("chains/Other CA.pem"));
        refusedWith("CA file " + directory.resolve("chains/Other CA.pem")
                + ": name of a CA: \"Other CA\" is not 1 to 64 lower-case letters and digits in words joined by "
                + "hyphens; name it for example issuing-1");

        Files.delete(directory.resolve("chains/Other CA.pem"));
        Path cross = write("cross/x.pem", List.of(FIRST.issueClient("CP-1", Fixture.DEVICE_KEYS.getPublic())));
        refusedWith("CA file " + cross + ": cross certificate: CN=CP-1 is not a CA certificate; give one that a root "
                + "has made for another root");

        Files.delete(chain);
        refusedWith("directory of CAs " + directory + ": holds no chain; install that of an issuing CA as "
                + "chains/<name>.pem, its certificate first, the root last");

        Files.delete(directory.resolve("chains"));
        refusedWith("directory of CAs " + directory + ": " + directory.resolve("chains")
                + " is missing; make the CAs of the environment there, or correct the path");
    }

    @Test
    void hostileFilesNeverThrow() throws Exception {
        var followed = AuthorityDirectory.open(directory);
        Path file = directory.resolve("chains/issuing-1.pem");
        byte[] good = Files.readAllBytes(file);
        var random = new Random(61);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);

            assertThat(followed.refresh()).isNotNull();
            assertThat(followed.current().byName()).hasSize(1);
        }
    }

    private Path write(String name, List<X509Certificate> certificates) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, Pem.encode(certificates));
    }

    private void refusedWith(String message) {
        assertThatThrownBy(() -> AuthorityDirectory.open(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
