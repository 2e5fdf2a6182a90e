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
        var chain = write("chain", Pem.encode(trust.issuing.chain()));

        var material = TrustMaterial.load(directory, Optional.empty(), chain);

        assertThat(material.manufacturers().current().names()).containsExactly("voltmaker");
        assertThat(material.caChain()).isEqualTo(trust.issuing.chain());
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
        var chain = write("chain", Pem.encode(trust.issuing.chain()));

        assertThatThrownBy(() -> TrustMaterial.load(directory, Optional.of(directory.resolve("none")), chain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evenroll.trust.registration-authorities: ")
                .hasMessageEndingWith("; name a directory with one <name>.pem for each CA of such authorities.");
    }

    @Test
    void withoutADirectoryOfRegistrationAuthoritiesOnlyOurCaMakesThem() throws Exception {
        var chain = write("chain", Pem.encode(trust.issuing.chain()));

        var material = TrustMaterial.load(directory, Optional.empty(), chain);

        assertThat(material.registrationAuthoritiesNow().isEmpty()).isTrue();
        assertThat(material.directories()).containsOnlyKeys("evenroll.trust.manufacturers");
    }

    @Test
    void aChainThatDoesNotBeginWithACaIsNamed() throws Exception {
        var chain = write("chain", Pem.encode(trust.server().certificate()));

        assertThatThrownBy(() -> TrustMaterial.load(directory, Optional.empty(), chain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.ca.chain: " + chain
                        + " can not be used (its first certificate is not that of a CA);"
                        + " name a PEM file with the issuing CA first and its root last.");
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
