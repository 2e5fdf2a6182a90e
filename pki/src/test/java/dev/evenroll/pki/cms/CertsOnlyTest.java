package dev.evenroll.pki.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.fixture.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertsOnlyTest {
    private static final List<Der> CHAIN =
            Fixture.CA.chain().stream().map(Certificates::der).toList();

    @Test
    void isDerWhateverTheOrderOfTheCertificates() throws Exception {
        Der message = CertsOnly.encode(CHAIN);

        assertThat(StrictDer.decode(message, "message", 1 << 20)).isNotNull();
        assertThat(CertsOnly.encode(CHAIN.reversed())).isEqualTo(message);
        assertThat(CertsOnly.decode(message)).containsExactlyInAnyOrderElementsOf(CHAIN);
    }

    @Test
    void readsAMessageThatIsNotSorted() throws Exception {
        Der sorted = CertsOnly.encode(CHAIN);
        List<Der> order = CertsOnly.decode(sorted).reversed();
        var swapped = HexFormat.of()
                .formatHex(sorted.bytes())
                .replace(hex(order.getLast()) + hex(order.getFirst()), hex(order.getFirst()) + hex(order.getLast()));

        assertThat(CertsOnly.decode(Der.of(HexFormat.of().parseHex(swapped)))).isEqualTo(order);
    }

    private static String hex(Der der) {
        return HexFormat.of().formatHex(der.bytes());
    }

    @Test
    void othersReadIt(@TempDir Path directory) throws Exception {
        Der message = CertsOnly.encode(CHAIN);

        assertThat(new CMSSignedData(message.bytes()).getCertificates().getMatches(null))
                .hasSize(2);
        Path file = Files.write(directory.resolve("message.p7"), message.bytes());
        assertThat(OpenSsl.run("pkcs7", "-inform", "DER", "-in", file, "-print_certs", "-noout")
                        .output())
                .contains("Test Issuing CA", "Test Root");
    }

    @Test
    void readsThatOfOthers(@TempDir Path directory) throws Exception {
        Path certificate = Files.writeString(directory.resolve("ca.pem"), Pem.encode(Fixture.CA.certificate()));
        Path file = directory.resolve("message.p7");
        OpenSsl.run("crl2pkcs7", "-nocrl", "-certfile", certificate, "-outform", "DER", "-out", file);

        assertThat(CertsOnly.decode(Der.of(Files.readAllBytes(file)))).containsExactly(CHAIN.getFirst());
    }

    @Test
    void saysWhatIsWrong() {
        assertMalformed(CertsOnly.encode(List.of()), "certs-only message: holds no certificate");
        assertMalformed(CHAIN.getFirst(), "certs-only message: is not CMS SignedData (RFC 5652 section 5)");
        assertMalformed(Der.of(new byte[0]), "certs-only message: is empty");
        assertThatThrownBy(() -> CertsOnly.encode(List.of(Der.of(new byte[] {0x30}))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("certificate: is not DER");
    }

    @Test
    void hostileInputIsMalformedOrDecodes() {
        Mutations.of(CertsOnly.encode(CHAIN), 4000, 61).forEach(der -> {
            try {
                assertThat(CertsOnly.decode(der)).isNotEmpty();
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("certs-only message: ");
            }
        });
    }

    private static void assertMalformed(Der message, String reason) {
        assertThatThrownBy(() -> CertsOnly.decode(message))
                .isInstanceOf(MalformedException.class)
                .hasMessage(reason);
    }
}
