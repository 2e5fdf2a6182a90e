package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.identity.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredProfilesTest {

    private static final Environment TEST = new Environment("test");
    private static final String CRL = "http://crl.example/ca.crl";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void withoutAFileTheBuiltInProfilesHold() {
        assertThat(ConfiguredProfiles.read(Optional.empty(), CRL, TEST).names())
                .containsExactly(
                        "charging-station",
                        "charging-station-ocpp16",
                        "csms-server",
                        "local-controller",
                        "ocsp-responder",
                        "v2g-secc");
    }

    @Test
    void aFileReplacesThem() {
        var example = Path.of("../deploy/profiles/example.yaml");
        assertThat(ConfiguredProfiles.read(Optional.of(example), CRL, TEST).names())
                .containsExactly("charging-station", "charging-station-ml-dsa", "ocsp-responder", "v2g-secc");
    }

    @Test
    void aWrongFileSaysEverythingInOneMessage() throws Exception {
        var file = directory.resolve("profiles.yaml");
        Files.writeString(file, """
                version: v1
                profiles:
                  - name: Station
                    subject: { commonName: serialNumber }
                    keys: [dsa]
                    keyUsages: [digitalSignature]
                    validity: P30D
                """);
        assertThatThrownBy(() -> ConfiguredProfiles.read(Optional.of(file), CRL, TEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evenroll.profiles: can not be used: " + file + ":3:11: name: \"Station\" is not in kebab"
                        + " case, like charging-station, or longer than 64 characters; " + file
                        + ":5:11: keys: \"dsa\" is"
                        + " unknown; write rsa, secp256r1, secp384r1, secp521r1, ed25519, ed448, ml-dsa-44, ml-dsa-65 or"
                        + " ml-dsa-87.");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        var file = directory.resolve("absent.yaml");
        assertThatThrownBy(() -> ConfiguredProfiles.read(Optional.of(file), CRL, TEST))
                .hasMessageStartingWith("evenroll.profiles: " + file + " can not be read (")
                .hasMessageEndingWith("set it to a readable file of profiles, or leave it out.");
    }

    @Test
    void aWrongUrlIsThatOfItsProperty() {
        assertThatThrownBy(() -> ConfiguredProfiles.read(Optional.empty(), "ftp://crl.example/", TEST))
                .hasMessage("evenroll.ca.crl-url: \"ftp://crl.example/\" is not an http URL.");
    }

    @Test
    void noneIsNoUrlOfTheProperty() {
        for (var file : List.of(Optional.<Path>empty(), Optional.of(Path.of("../deploy/profiles/example.yaml")))) {
            assertThatThrownBy(() -> ConfiguredProfiles.read(file, "none", TEST))
                    .hasMessage("evenroll.ca.crl-url: \"none\" is not an http URL.");
        }
    }

    @Test
    void severalCasNeedUrlsOfTheirOwn() {
        var shared = ConfiguredProfiles.read(Optional.empty(), CRL, TEST);
        assertThat(shared.problemWith(1)).isEmpty();
        assertThat(shared.problemWith(2))
                .contains("The revocation list of the profile charging-station, " + CRL + ", is the same for all 2 CAs;"
                        + " write {issuer} into evenroll.ca.crl-url, or into the crlDistributionPoint of the profile.");
        var own = ConfiguredProfiles.read(Optional.empty(), "http://crl.example/{issuer}.crl", TEST);
        assertThat(own.problemWith(2)).isEmpty();
    }

    @Test
    void anEnvironmentWithoutAPolicyWhereOthersHaveOneIsNotServed() throws Exception {
        var file = directory.resolve("profiles.yaml");
        Files.writeString(
                file,
                Files.readString(Path.of("../deploy/profiles/example.yaml")).replace("test: 2.999.1.1, ", ""));
        assertThatThrownBy(() -> ConfiguredProfiles.read(Optional.of(file), CRL, TEST))
                .hasMessage("evenroll.profiles: profile \"charging-station\" can not be used: policies: has production,"
                        + " staging and not the environment test; give it a policy too, or none to any.");
    }
}
