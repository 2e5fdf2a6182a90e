package dev.evenroll.validator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.validator.simulation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator gave is read at the start, or the start stops with a sentence that names the property.
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class StartTest {

    @TempDir
    private Path directory;

    private final Installation installation = new Installation();

    @Test
    void theAnchorsAreNamedAfterTheirFiles() throws IOException {
        var trust = Trust.load(manufacturers(), chain());
        assertThat(trust.manufacturers().names()).containsExactly("acme");
        assertThat(trust.issuingCa().certificates()).hasSize(1);
    }

    @Test
    void aMissingDirectoryOfAnchorsStopsTheStart() throws IOException {
        var chain = chain();
        var missing = directory.resolve("missing");
        assertThatThrownBy(() -> Trust.load(missing, chain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.trust.manufacturers: the trust anchors in " + missing + " can not be read ("
                        + missing + "); set it to a readable directory of <manufacturer>.pem.");
    }

    @Test
    void aChainThatIsNoneStopsTheStart() throws IOException {
        var manufacturers = manufacturers();
        var garbage = Files.writeString(directory.resolve("garbage.pem"), "garbage");
        assertThatThrownBy(() -> Trust.load(manufacturers, garbage))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evenroll.ca.chain: the CA certificates in " + garbage + " can not be read (")
                .hasMessageEndingWith("); set it to a PEM file with the issuing CA's certificate first.");
    }

    @Test
    void theTokenKeyHasToBeThere() throws IOException {
        TokenSettings.requireUsableKey("https://id.example/jwks");
        TokenSettings.requireUsableKey(chain().toUri().toString());
        var missing = directory.resolve("missing.pem").toUri().toString();
        assertThatThrownBy(() -> TokenSettings.requireUsableKey(missing))
                .hasMessage("mp.jwt.verify.publickey.location: " + missing
                        + " can not be read; set it to a readable PEM file or JWKS.");
        assertThatThrownBy(() -> TokenSettings.requireUsableKey("http://id.example/jwks"))
                .hasMessage("mp.jwt.verify.publickey.location: \"http://id.example/jwks\" is neither an https:// nor a "
                        + "file: URL; set it to the provider's JWKS or to a PEM file.");
    }

    private Path manufacturers() throws IOException {
        var anchors = Files.createDirectories(directory.resolve("manufacturers"));
        Files.writeString(
                anchors.resolve("acme.pem"), Pem.encode(installation.acme().certificate()));
        return anchors;
    }

    private Path chain() throws IOException {
        return Files.writeString(
                directory.resolve("ca.pem"), Pem.encode(installation.acme().certificate()));
    }
}
