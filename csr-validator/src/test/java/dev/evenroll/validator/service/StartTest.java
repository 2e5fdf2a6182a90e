package dev.evenroll.validator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.validator.simulation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator gave is read at the start, or the start stops with a sentence that names the property.
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class StartTest {

    /// What the operator says of trust anchors.
    private record Anchors(Path manufacturers, Optional<Path> registrationAuthorities, Optional<Path> attestation)
            implements ValidatorConfig.Trust {

        Anchors(Path manufacturers, Optional<Path> registrationAuthorities) {
            this(manufacturers, registrationAuthorities, Optional.empty());
        }
    }

    @TempDir
    private Path directory;

    private final Installation installation = new Installation();

    @Test
    void theAnchorsAreNamedAfterTheirFiles() throws IOException {
        var trust = Trust.load(
                new Anchors(manufacturers(), Optional.of(manufacturers()), Optional.of(manufacturers())), chain());
        assertThat(trust.manufacturers().current().names()).containsExactly("acme", "globex/X1");
        assertThat(trust.manufacturerNames()).containsExactlyInAnyOrder("acme", "globex");
        assertThat(trust.registrationAuthorityAnchors().names()).containsExactly("acme", "globex/X1");
        assertThat(trust.attestationAnchors().names()).containsExactly("acme", "globex/X1");
        assertThat(trust.followed())
                .extracting(Followed::property)
                .containsExactly(
                        "evenroll.trust.manufacturers",
                        "evenroll.ca.directory",
                        "evenroll.trust.registration-authorities",
                        "evenroll.trust.attestation");
        assertThat(trust.issuingAnchors().names()).containsExactly("issuing-1");
    }

    @Test
    void withoutADirectoryNobodyIsTrustedByAnAnchorOfIt() throws IOException {
        var trust = Trust.load(new Anchors(manufacturers(), Optional.empty()), chain());
        assertThat(trust.attestationAnchors().isEmpty()).isTrue();
        assertThat(trust.registrationAuthorityAnchors().isEmpty()).isTrue();
    }

    @Test
    void aMissingDirectoryOfAnchorsStopsTheStart() throws IOException {
        var chain = chain();
        var missing = directory.resolve("missing");
        assertThatThrownBy(() -> Trust.load(new Anchors(missing, Optional.empty()), chain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.trust.manufacturers: the trust anchors in " + missing + " can not be read ("
                        + missing + "); set it to a readable directory of <manufacturer>.pem.");
        var present = manufacturers();
        assertThatThrownBy(() -> Trust.load(new Anchors(present, Optional.of(missing)), chain))
                .hasMessage("evenroll.trust.registration-authorities: the trust anchors in " + missing
                        + " can not be read (" + missing + "); set it to a readable directory of <name>.pem.");
        assertThatThrownBy(() -> Trust.load(new Anchors(present, Optional.empty(), Optional.of(missing)), chain))
                .hasMessage("evenroll.trust.attestation: the trust anchors in " + missing + " can not be read ("
                        + missing + "); set it to a readable directory of <manufacturer>.pem.");
    }

    @Test
    void aDirectoryWithoutACaStopsTheStart() throws IOException {
        var manufacturers = manufacturers();
        var empty = directory.resolve("empty");
        Files.createDirectories(empty.resolve("chains"));
        assertThatThrownBy(() -> Trust.load(new Anchors(manufacturers, Optional.empty()), empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.ca.directory: directory of CAs " + empty
                        + ": holds no chain; install that of an issuing CA as chains/<name>.pem, its certificate first,"
                        + " the root last.");
    }

    @Test
    void theTokenKeyHasToBeThere() throws IOException {
        TokenSettings.requireUsableKey("https://id.example/jwks", Set.of("RS256", "ES256"));
        var pem = chain().resolve("chains/issuing-1.pem").toUri().toString();
        TokenSettings.requireUsableKey(pem, Set.of("ES256"));
        var missing = directory.resolve("missing.pem").toUri().toString();
        assertThatThrownBy(() -> TokenSettings.requireUsableKey(missing, Set.of("ES256")))
                .hasMessage("mp.jwt.verify.publickey.location: " + missing
                        + " can not be read; set it to a readable PEM file or JWKS.");
        assertThatThrownBy(() -> TokenSettings.requireUsableKey("http://id.example/jwks", Set.of("ES256")))
                .hasMessage("mp.jwt.verify.publickey.location: \"http://id.example/jwks\" is neither an https:// nor a "
                        + "file: URL; set it to the provider's JWKS or to a PEM file.");
        assertThatThrownBy(() -> TokenSettings.requireUsableKey(pem, Set.of("ES256", "RS256")))
                .hasMessage("mp.jwt.verify.publickey.algorithm: " + pem + " is a PEM file, which does not say what its "
                        + "key is for; set it to the one algorithm, for example ES256.");
        assertThatThrownBy(() -> TokenSettings.requireUsableKey("https://id.example/jwks", Set.of("ES256", "HS256")))
                .hasMessage(
                        "mp.jwt.verify.publickey.algorithm: HS256 is symmetric: whoever can verify a token can make "
                                + "one; set it to the provider's algorithm, for example RS256 or ES256.");
    }

    @Test
    void aDeviceHasAtLeastRoomToRenew() {
        assertThat(RulesInForce.mostCertificates(2)).isEqualTo(2);
        assertThat(RulesInForce.mostCertificates(1_000)).isEqualTo(1_000);
        for (var wrong : new int[] {-1, 0, 1, 1_001}) {
            assertThatThrownBy(() -> RulesInForce.mostCertificates(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("evenroll.profile.most-certificates: is " + wrong + "; set it to a number from 2 (the "
                            + "present certificate and the one that renews it) to 1000.");
        }
    }

    @Test
    void theIssuerIsGivenTimeAndNotForEver() {
        assertThat(RulesInForce.inFlightLimit(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(RulesInForce.inFlightLimit(Duration.ofDays(30))).isEqualTo(Duration.ofDays(30));
        for (var wrong : List.of(Duration.ZERO, Duration.ofMinutes(4), Duration.ofDays(31), Duration.ofDays(-1))) {
            assertThatThrownBy(() -> RulesInForce.inFlightLimit(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("evenroll.enrollment.in-flight-limit: is " + wrong + "; set it to PT5M to PT720H, "
                            + "longer than the issuer is ever out of service.");
        }
    }

    @Test
    void theProfilesAreThoseOfTheFile() throws IOException {
        // Of the six that are built in, no device can have the one that speaks for the CA.
        assertThat(ConfiguredProfiles.read(Optional.empty()).names())
                .startsWith("charging-station")
                .hasSize(5)
                .doesNotContain("ocsp-responder");
        var example = Path.of("../deploy/profiles/example.yaml");
        assertThat(ConfiguredProfiles.read(Optional.of(example)).mlDsa()).isTrue();
        var file = Files.writeString(directory.resolve("profiles.yaml"), "version: a\nprofiles: []\n");
        assertThatThrownBy(() -> ConfiguredProfiles.read(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evenroll.profiles: can not be used: " + file + ":2:");
        var missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> ConfiguredProfiles.read(Optional.of(missing)))
                .hasMessage("evenroll.profiles: " + missing + " can not be read ("
                        + "java.nio.file.NoSuchFileException: " + missing
                        + "); set it to a readable file of profiles, or leave it out.");
    }

    private Path manufacturers() throws IOException {
        var anchors = Files.createDirectories(directory.resolve("manufacturers"));
        Files.writeString(
                anchors.resolve("acme.pem"), Pem.encode(installation.acme().certificate()));
        var models = Files.createDirectories(anchors.resolve("globex"));
        Files.writeString(
                models.resolve("X1.pem"), Pem.encode(installation.globex().certificate()));
        return anchors;
    }

    private Path chain() throws IOException {
        var chains = Files.createDirectories(directory.resolve("ca/chains"));
        Files.writeString(
                chains.resolve("issuing-1.pem"), Pem.encode(installation.acme().chain()));
        return directory.resolve("ca");
    }
}
