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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManufacturerAnchorTest {
    private static final CertificateAuthority ACME =
            CertificateAuthority.selfSigned("Acme", Duration.ofDays(30), Fixture.CLOCK);

    @TempDir
    private Path directory;

    @Test
    void aNameSaysWhoseDevicesAreVouchedFor() {
        assertThat(ManufacturerAnchor.of("acme")).isEqualTo(new ManufacturerAnchor("acme", null));
        assertThat(ManufacturerAnchor.of("acme/X1")).isEqualTo(new ManufacturerAnchor("acme", "X1"));
        assertThat(ManufacturerAnchor.of("acme").name()).isEqualTo("acme");
        assertThat(ManufacturerAnchor.of("acme/X1").name()).isEqualTo("acme/X1");
    }

    @ParameterizedTest
    @CsvSource({
        "acme,    acme,  X1, true",
        "acme,    acme,  X2, true",
        "acme,    other, X1, false",
        "acme/X1, acme,  X1, true",
        "acme/X1, acme,  X2, false",
        "acme/X1, acme,  x1, false",
        "acme/X1, other, X1, false"
    })
    void allows(String anchor, String manufacturer, String model, boolean allowed) {
        assertThat(ManufacturerAnchor.of(anchor).allows(manufacturer, model)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "acme/", "/X1", "acme/X1/Y"})
    void notAnchorNames(String name) {
        assertThatThrownBy(() -> ManufacturerAnchor.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "is empty or contains '/'; name the anchor <manufacturer>.pem or <manufacturer>/<model>.pem");
    }

    @Test
    void aDirectoryOfAManufacturerHoldsItsModels() throws Exception {
        write("acme/X1.pem");
        write("acme/.X3.pem.partial");
        write(".hidden/X1.pem");
        Files.writeString(directory.resolve("acme/README"), "not an anchor");
        Files.createDirectory(directory.resolve("empty"));

        TrustAnchors anchors = TrustAnchors.load(directory);

        assertThat(anchors.names()).containsExactly("acme/X1");
        var device = ACME.issueIdevid("Acme", "SN-1", Fixture.DEVICE_KEYS.getPublic());
        assertThat(anchors.verify(List.of(device), Fixture.NOW))
                .isEqualTo(new Trusted("acme/X1", ACME.certificate(), List.of(device)));
    }

    @Test
    void oneCaMayServeSeveralModels() throws Exception {
        write("acme/X2.pem");
        write("acme/X1.pem");
        write("brand.pem");

        TrustAnchors anchors = TrustAnchors.load(directory);

        var device = ACME.issueIdevid("Acme", "SN-1", Fixture.DEVICE_KEYS.getPublic());
        assertThat(anchors.verify(List.of(device), Fixture.NOW))
                .isEqualTo(new Trusted("acme/X1", ACME.certificate(), List.of(device)));
        assertThat(anchors.namesOf(ACME.certificate())).containsExactly("acme/X1", "acme/X2", "brand");
        assertThat(anchors.namesOf(device)).isEmpty();
    }

    @Test
    void modelsHaveNoDirectories() throws Exception {
        write("acme/X1/old.pem");

        assertThatThrownBy(() -> TrustAnchors.load(directory))
                .isInstanceOf(MalformedException.class)
                .hasMessage("trust anchor " + directory.resolve("acme/X1")
                        + ": is a directory in the directory of a manufacturer; "
                        + "put the anchors of a model into <manufacturer>/<model>.pem");
    }

    private void write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Pem.encode(ACME.certificate()));
    }
}
