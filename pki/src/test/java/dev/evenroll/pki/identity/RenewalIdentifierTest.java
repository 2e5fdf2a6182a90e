package dev.evenroll.pki.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalIdentifierTest {

    /// The example of RFC 9773 section 4.1: the serial number 0x87654321 has a leading zero octet in DER.
    private static final String EXAMPLE = "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE";

    private static final CertificateId MEANT =
            new CertificateId("69885b6b87464041e1b37b847ba0ae2cde01c8d4", "87654321");

    @Test
    void readsTheExampleOfTheStandard() {
        assertThat(RenewalIdentifier.parse(EXAMPLE)).isEqualTo(MEANT);
        assertThat(RenewalIdentifier.of(MEANT)).isEqualTo(EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ.",
                ".AIdlQyE",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE=",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AAdlQyE",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ.h2VDIQ",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AA",
                "aYhba4dGQEHhs3uEe6CuLN4ByNR.AIdlQyE",
                "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE.AIdlQyE",
                "aYhba4dGQEHhs3uEe6CuLN4By+Q.AIdlQyE",
            })
    void refusesWhatIsNearlyOne(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RenewalIdentifier.parse(text));
    }

    @Test
    void everyNameComesBack() {
        var random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            var serial = new byte[1 + random.nextInt(20)];
            random.nextBytes(serial);
            serial[0] |= 1;
            var id = new CertificateId(MEANT.issuerKeyId(), HexFormat.of().formatHex(serial));
            assertThat(RenewalIdentifier.parse(RenewalIdentifier.of(id))).isEqualTo(id);
        }
    }

    @Test
    void hostileTextIsRefusedInWords() {
        var random = new Random(2);
        for (int run = 0; run < 20_000; run++) {
            var bytes = EXAMPLE.getBytes(StandardCharsets.ISO_8859_1);
            for (int change = 0; change <= random.nextInt(3); change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            try {
                assertThat(RenewalIdentifier.of(RenewalIdentifier.parse(text))).isEqualTo(text);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> RenewalIdentifier.parse("A".repeat(100_000) + ".AQ"));
    }
}
