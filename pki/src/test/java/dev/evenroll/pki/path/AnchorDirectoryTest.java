package dev.evenroll.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.path.PathResult.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorDirectoryTest {
    private static final CertificateAuthority FIRST = manufacturer("First");
    private static final CertificateAuthority SECOND = manufacturer("Other");
    private static final X509Certificate OF_FIRST = device(FIRST);
    private static final X509Certificate OF_SECOND = device(SECOND);

    @TempDir
    private Path directory;

    private Path acme;

    private static CertificateAuthority manufacturer(String name) {
        return CertificateAuthority.selfSigned(name, Duration.ofDays(30), Fixture.CLOCK);
    }

    private static X509Certificate device(CertificateAuthority manufacturer) {
        return manufacturer.issueIdevid("Maker", "SN-1", Fixture.DEVICE_KEYS.getPublic());
    }

    @BeforeEach
    void oneManufacturer() throws IOException {
        acme = write("acme.pem", FIRST);
    }

    @Test
    void nothingNewIsUnchanged() throws Exception {
        var anchors = AnchorDirectory.open(directory);

        for (int look = 0; look < 3; look++) {
            assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
        }
        assertThat(trusts(anchors, OF_FIRST)).isTrue();
        assertThat(trusts(anchors, OF_SECOND)).isFalse();
        assertThat(anchors.problem()).isEmpty();
    }

    @Test
    void aReplacedFileIsInForce() throws Exception {
        var anchors = AnchorDirectory.open(directory);

        Files.move(write("new", SECOND), acme, StandardCopyOption.REPLACE_EXISTING);

        assertThat(anchors.refresh()).isEqualTo(new Refresh.Changed(anchors.current()));
        assertThat(trusts(anchors, OF_FIRST)).isFalse();
        assertThat(trusts(anchors, OF_SECOND)).isTrue();
        assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
    }

    /// Same length, same time, same file: the clock of the file system is coarse.
    @Test
    void aFileWrittenTwiceWithinOneTickIsSeen() throws Exception {
        FileTime time = Files.getLastModifiedTime(acme);
        String former = Files.readString(acme);
        String other = former.replace(former.charAt(40), former.charAt(40) == 'A' ? 'B' : 'A');
        var anchors = AnchorDirectory.open(directory);
        Files.writeString(acme, other);
        Files.setLastModifiedTime(acme, time);

        assertThat(anchors.refresh()).isNotEqualTo(new Refresh.Unchanged());
    }

    @Test
    void addedAndRemovedFilesCount() throws Exception {
        var anchors = AnchorDirectory.open(directory);

        Path model = write("acme/X1.pem", SECOND);
        assertThat(anchors.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(anchors.current().names()).containsExactly("acme", "acme/X1");
        assertThat(trusts(anchors, OF_SECOND)).isTrue();

        Files.delete(model);
        Files.delete(acme);
        assertThat(anchors.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(anchors.current().isEmpty()).isTrue();
        assertThat(trusts(anchors, OF_FIRST)).isFalse();
    }

    @Test
    void anotherNameIsAnotherAnchor() throws Exception {
        var anchors = AnchorDirectory.open(directory);

        Files.move(acme, directory.resolve("voltmaker.pem"));

        assertThat(anchors.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(anchors.current().names()).containsExactly("voltmaker");
    }

    @Test
    void aTouchedFileIsUnchanged() throws Exception {
        var anchors = AnchorDirectory.open(directory);

        Files.setLastModifiedTime(acme, FileTime.fromMillis(0));

        assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
    }

    /// At whatever byte the copy has arrived.
    @Test
    void aFileInTheMiddleOfItsCopyLeavesTheFormerInForce() throws Exception {
        String whole = Pem.encode(SECOND.certificate());
        String problem = "trust anchor " + acme + ": PEM text: ";
        var anchors = AnchorDirectory.open(directory);

        for (int length : new int[] {0, 10, 100, whole.length() - 2 - "-----END CERTIFICATE-----".length()}) {
            Files.writeString(acme, whole.substring(0, length));
            Refresh refresh = anchors.refresh();
            assertThat(refresh).isInstanceOfAny(Refresh.Unusable.class, Refresh.Unchanged.class);
            assertThat(anchors.problem().orElseThrow()).startsWith(problem);
            assertThat(trusts(anchors, OF_FIRST)).isTrue();
        }
        Files.writeString(acme, whole);

        assertThat(anchors.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(anchors.problem()).isEmpty();
        assertThat(trusts(anchors, OF_SECOND)).isTrue();
    }

    @Test
    void aProblemIsToldOnceAndStands() throws Exception {
        var anchors = AnchorDirectory.open(directory);
        String former = Files.readString(acme);
        String problem = "trust anchor acme: CN=CP-1 is not a CA certificate; put the certificate of the CA there";

        Files.writeString(acme, Pem.encode(FIRST.issueClient("CP-1", Fixture.DEVICE_KEYS.getPublic())));

        assertThat(anchors.refresh()).isEqualTo(new Refresh.Unusable(problem));
        for (int look = 0; look < 3; look++) {
            assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
        }
        assertThat(anchors.problem()).contains(problem);
        assertThat(trusts(anchors, OF_FIRST)).isTrue();

        Files.writeString(acme, former);
        assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
        assertThat(anchors.problem()).as("what is in force is what is there").isEmpty();
    }

    @Test
    void aMissingDirectoryLeavesTheFormerInForce() throws Exception {
        var anchors = AnchorDirectory.open(directory);
        Path elsewhere = directory.resolveSibling(directory.getFileName() + "-moved");
        Files.move(directory, elsewhere);
        try {
            assertThat(anchors.refresh())
                    .isEqualTo(new Refresh.Unusable("trust anchor " + directory + ": is missing; restore it"));
            assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
            assertThat(trusts(anchors, OF_FIRST)).isTrue();
        } finally {
            Files.move(elsewhere, directory);
        }
        assertThat(anchors.refresh()).isEqualTo(new Refresh.Unchanged());
        assertThat(anchors.problem()).isEmpty();
    }

    /// As Kubernetes mounts a volume: links into a hidden directory that is swapped as a whole.
    @Test
    void aSwappedVolumeIsInForce() throws Exception {
        Files.delete(acme);
        write("..first/acme.pem", FIRST);
        write("..first/acme/X1.pem", FIRST);
        write("..second/acme.pem", SECOND);
        write("..second/acme/X1.pem", SECOND);
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(directory.resolve("acme.pem"), Path.of("..data/acme.pem"));
        Files.createSymbolicLink(directory.resolve("acme"), Path.of("..data/acme"));
        var anchors = AnchorDirectory.open(directory);
        assertThat(anchors.current().names()).containsExactly("acme", "acme/X1");
        assertThat(trusts(anchors, OF_FIRST)).isTrue();

        Files.move(
                Files.createSymbolicLink(directory.resolve("..new"), Path.of("..second")),
                data,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);

        assertThat(anchors.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(anchors.current().names()).containsExactly("acme", "acme/X1");
        assertThat(trusts(anchors, OF_SECOND)).isTrue();
    }

    @Test
    void whatCanNotBeReadAtTheStartIsAnError() throws Exception {
        Files.writeString(acme, "nothing");
        assertThatThrownBy(() -> AnchorDirectory.open(directory)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AnchorDirectory.open(directory.resolve("nowhere")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void hostileFilesNeverThrow() throws Exception {
        var anchors = AnchorDirectory.open(directory);
        byte[] good = Files.readAllBytes(acme);
        var random = new Random(61);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(acme, bytes);

            assertThat(anchors.refresh()).isNotNull();
            assertThat(anchors.current().names()).containsExactly("acme");
        }
    }

    @Test
    void anyThreadMayLook() throws Exception {
        var anchors = AnchorDirectory.open(directory);
        write("acme/X1.pem", SECOND);
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Refresh>> looks = Stream.generate(() -> threads.submit(() -> {
                        start.await();
                        return anchors.refresh();
                    }))
                    .limit(4)
                    .toList();
            start.countDown();
            int changed = 0;
            for (Future<Refresh> look : looks) {
                changed += look.get() instanceof Refresh.Changed ? 1 : 0;
            }
            assertThat(changed).as("the change is told once").isEqualTo(1);
        }
        assertThat(anchors.current().names()).containsExactly("acme", "acme/X1");
    }

    private Path write(String name, CertificateAuthority authority) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, Pem.encode(authority.certificate()));
    }

    private static boolean trusts(AnchorDirectory anchors, X509Certificate certificate) {
        return anchors.current().verify(List.of(certificate), Fixture.NOW) instanceof Trusted;
    }
}
