package dev.evenroll.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.http.ServerCredential;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the configuration names is read, or the start ends with the property to set.
class TrustMaterialTest {

    private final TestTrust trust = new TestTrust();

    @TempDir
    Path directory;

    @Test
    void itReadsAnchorsByManufacturerAndTheChain() throws Exception {
        write("voltmaker.pem", Pem.encode(trust.manufacturer.certificate()));
        var ca = authorities();

        var material = TrustMaterial.load(directory, Optional.empty(), ca);

        assertThat(material.manufacturers().current().names()).containsExactly("voltmaker");
        assertThat(material.authorities().current().certificates()).isEqualTo(trust.issuing.chain());
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(() -> TrustMaterial.load(directory.resolve("none"), Optional.empty(), directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evenroll.trust.manufacturers: ")
                .hasMessageEndingWith("; name a directory with one <manufacturer>.pem for each manufacturer.");
    }

    @Test
    void aMissingDirectoryOfRegistrationAuthoritiesIsNamed() throws Exception {
        var ca = authorities();

        assertThatThrownBy(() -> TrustMaterial.load(directory, Optional.of(directory.resolve("none")), ca))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evenroll.trust.registration-authorities: ")
                .hasMessageEndingWith("; name a directory with one <name>.pem for each CA of such authorities.");
    }

    @Test
    void withoutADirectoryOfRegistrationAuthoritiesOnlyOurCaMakesThem() throws Exception {
        var ca = authorities();

        var material = TrustMaterial.load(directory, Optional.empty(), ca);

        assertThat(material.registrationAuthoritiesNow().isEmpty()).isTrue();
        assertThat(material.directories()).containsOnlyKeys("evenroll.trust.manufacturers");
    }

    @Test
    void aDirectoryOfCasWithoutAChainIsNamed() throws Exception {
        var ca = authorities();
        Files.delete(ca.resolve("chains/issuing-1.pem"));

        assertThatThrownBy(() -> TrustMaterial.load(directory, Optional.empty(), ca))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.ca.directory: directory of CAs " + ca
                        + ": holds no chain; install that of an issuing CA as chains/<name>.pem, its certificate first,"
                        + " the root last.");
    }

    private Path authorities() throws IOException {
        Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-ca/chains"));
        var ca = directory.resolveSibling(directory.getFileName() + "-ca");
        Files.writeString(ca.resolve("chains/issuing-1.pem"), Pem.encode(trust.issuing.chain()));
        return ca;
    }

    @Test
    void aServerKeyThatBelongsToAnotherCertificateIsNamed() throws Exception {
        var certificate = write("certificate", Pem.encode(trust.server().chain()));
        var key = write("key", Pem.encode(trust.server().keys().getPrivate()));

        assertThatThrownBy(() -> ServerCredential.load(certificate, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.est.key: " + key + " is not the key of the certificate in " + certificate
                        + " (evenroll.est.certificate); give the two files of one server certificate.");
    }

    @Test
    void filesThatAreNoPemAreNamed() throws Exception {
        var nothing = write("nothing", "");
        var certificate = write("certificate", Pem.encode(trust.server().chain()));

        assertThatThrownBy(() -> ServerCredential.load(nothing, nothing))
                .hasMessageStartingWith("evenroll.est.certificate: " + nothing + " can not be used (");
        assertThatThrownBy(() -> ServerCredential.load(certificate, nothing))
                .hasMessageStartingWith("evenroll.est.key: " + nothing + " can not be used (");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
