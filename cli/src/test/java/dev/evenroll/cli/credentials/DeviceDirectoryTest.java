package dev.evenroll.cli.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.pki.request.SubjectAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceDirectoryTest {

    private static final TestTls TLS = new TestTls();

    @TempDir
    private Path temporary = Path.of("");

    private DeviceDirectory directory() {
        return new DeviceDirectory(temporary.resolve("D1"));
    }

    private X509Certificate enrolled() throws Exception {
        var pending = directory().firstRequest("D1");
        var certificate = TLS.authority().issueClient("D1", pending.key());
        directory().enrolled(certificate, TLS.anchors());
        return certificate;
    }

    @Test
    void onlyTheOwnerMayReadTheKey() throws Exception {
        directory().firstRequest("D1");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory().key())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory().path())))
                .isEqualTo("rwx------");
    }

    @Test
    void anInterruptedEnrollmentIsTakenUpWithTheSameRequest() throws Exception {
        var first = directory().firstRequest("D1");
        var again = directory().firstRequest("D1");
        assertThat(again.request()).isEqualTo(first.request());
        assertThat(again.key().getEncoded()).isEqualTo(first.key().getEncoded());
    }

    /// The process died between the two files: nothing was sent yet.
    @Test
    void aRequestWithoutAKeyIsMadeAnew() throws Exception {
        var first = directory().firstRequest("D1");
        Files.delete(directory().key());
        assertThat(directory().firstRequest("D1").request()).isNotEqualTo(first.request());
    }

    @Test
    void keepsKeyAndCertificateTogether() throws Exception {
        var certificate = enrolled();
        var present = directory().present().orElseThrow();
        assertThat(present.certificate()).isEqualTo(certificate);
        assertThat(Files.readString(directory().chain())).isEqualTo(Pem.encode(TLS.anchors()));
        assertThat(directory().path().resolve("request.pem")).doesNotExist();
    }

    @Test
    void anEnrolledDeviceIsNotEnrolledAgain() throws Exception {
        enrolled();
        assertThatThrownBy(() -> directory().firstRequest("D1"))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("D1 has a certificate in " + directory().path()
                        + ": renew it with --renew, or enroll with --anew if it was revoked.");
    }

    @Test
    void aKeyOfAnotherOriginIsNotOverwritten() throws Exception {
        Files.createDirectories(directory().path());
        Files.writeString(directory().key(), "precious");
        assertThatThrownBy(() -> directory().firstRequest("D1"))
                .isInstanceOf(CredentialsException.class)
                .hasMessageEndingWith("it is not overwritten. Name another directory with --out.");
        assertThat(directory().key()).hasContent("precious");
    }

    @Test
    void aDirectoryBelongsToOneDevice() throws Exception {
        directory().firstRequest("D1");
        assertThatThrownBy(() -> directory().firstRequest("D2"))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(directory().path()
                        + " belongs to the device D1, not to D2: name another directory with --out.");
    }

    @Test
    void aRenewalMovesThePresentOneAside() throws Exception {
        var before = enrolled();
        var oldKey = Files.readString(directory().key());
        var next = directory().nextRequest("D1", before);
        assertThat(CertificationRequest.decode(next.request()).subject()).isEqualTo(SubjectAttribute.of(before));
        var renewed = TLS.authority().issueClient("D1", next.key());
        directory().renewed(renewed, TLS.anchors());
        assertThat(directory().present().orElseThrow().certificate()).isEqualTo(renewed);
        var previous = directory().path().resolve("previous");
        var serialNumber = CertificateId.hex(before.getSerialNumber());
        assertThat(previous.resolve(serialNumber + "-key.pem")).hasContent(oldKey);
        assertThat(previous.resolve(serialNumber + "-certificate.pem")).hasContent(Pem.encode(before));
        assertThat(directory().path().resolve("next-key.pem")).doesNotExist();
    }

    @Test
    void aRevokedOneIsSetAsideAndTheDeviceEnrollsWithANewKey() throws Exception {
        var before = enrolled();
        var oldKey = Files.readString(directory().key());
        directory().setAside("D1");
        assertThat(directory().present()).isEmpty();
        directory().firstRequest("D1");
        assertThat(directory().key()).content().isNotEqualTo(oldKey);
        var serialNumber = CertificateId.hex(before.getSerialNumber());
        assertThat(directory().path().resolve("previous").resolve(serialNumber + "-key.pem"))
                .hasContent(oldKey);
    }

    @Test
    void aRequestThatIsGivenUpIsSetAsideWithItsKey() throws Exception {
        var refused = directory().firstRequest("D1");
        var oldKey = Files.readString(directory().key());
        directory().setAside("D1");
        var next = directory().firstRequest("D1");
        assertThat(next.request()).isNotEqualTo(refused.request());
        assertThat(next.key().getEncoded()).isNotEqualTo(refused.key().getEncoded());
        var name = "unanswered-" + Der.of(refused.key().getEncoded()).sha256Hex();
        var previous = directory().path().resolve("previous");
        assertThat(previous.resolve(name + "-key.pem")).hasContent(oldKey);
        assertThat(previous.resolve(name + "-request.pem"))
                .hasContent(Pem.encodeCertificationRequest(refused.request()));
    }

    @Test
    void aRenewalThatIsGivenUpLeavesTheCertificate() throws Exception {
        var before = enrolled();
        var refused = directory().nextRequest("D1", before);
        directory().setRenewalAside("D1");
        assertThat(directory().present().orElseThrow().certificate()).isEqualTo(before);
        assertThat(directory().nextRequest("D1", before).key().getEncoded())
                .isNotEqualTo(refused.key().getEncoded());
    }

    /// Its key is the present one already.
    @Test
    void aRenewalThatWasCutShortIsNotGivenUp() throws Exception {
        var next = directory().nextRequest("D1", enrolled());
        var renewed = TLS.authority().issueClient("D1", next.key());
        Files.writeString(directory().certificate(), Pem.encode(renewed));
        directory().setRenewalAside("D1");
        assertThat(directory().present().orElseThrow().certificate()).isEqualTo(renewed);
    }

    @Test
    void theRequestOfAnotherDeviceIsNotGivenUp() throws Exception {
        var other = directory().firstRequest("D1");
        assertThatThrownBy(() -> directory().setAside("D2"))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(directory().path()
                        + " belongs to the device D1, not to D2: name another directory with --out.");
        assertThat(directory().firstRequest("D1").request()).isEqualTo(other.request());
    }

    @Test
    void aKeyOfAnotherOriginIsNotSetAside() throws Exception {
        Files.createDirectories(directory().path());
        Files.writeString(directory().key(), "precious");
        directory().setAside("D1");
        assertThat(directory().key()).hasContent("precious");
    }

    /// The process died after it had replaced the certificate, before its key.
    @Test
    void aRenewalThatWasCutShortIsFinished() throws Exception {
        var next = directory().nextRequest("D1", enrolled());
        var renewed = TLS.authority().issueClient("D1", next.key());
        Files.writeString(directory().certificate(), Pem.encode(renewed));
        assertThat(directory().present().orElseThrow().certificate()).isEqualTo(renewed);
    }

    @Test
    void aKeyThatIsNotThatOfTheCertificateIsFoundOut() throws Exception {
        enrolled();
        Files.writeString(directory().key(), Pem.encode(Keys.generateP256().getPrivate()));
        assertThatThrownBy(() -> directory().present())
                .isInstanceOf(CredentialsException.class)
                .hasMessageStartingWith("The key in " + directory().key() + " is not that of the certificate in ");
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws Exception {
        enrolled();
        Files.writeString(directory().key(), "garbage");
        assertThatThrownBy(() -> directory().present())
                .isInstanceOf(CredentialsException.class)
                .hasMessageStartingWith(directory().key() + " can not be used: ");
    }

    @Test
    void theIdevidIsKept() throws IOException, CredentialsException {
        var key = Keys.generateP256();
        var certificate = TLS.authority().issueIdevid("simulated", "D1", key.getPublic());
        assertThat(directory().idevid()).isEmpty();
        directory().storeIdevid(new ClientIdentity(key.getPrivate(), List.of(certificate)));
        assertThat(directory().idevid().orElseThrow().certificate()).isEqualTo(certificate);
    }
}
