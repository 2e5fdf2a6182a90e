package dev.evenroll.pki.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictDerTest {
    @Test
    void decodesDer() throws Exception {
        assertThat(StrictDer.decode(der("020105"), "number", 10)).isEqualTo(new ASN1Integer(5));
        assertThat(StrictDer.sequence(der("3003020105"), "list", 10).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                     | field: is empty
                    30                     | field: is cut off at offset 1
                    3005020105             | field: is cut off: the element at offset 0 claims 5 bytes, 3 are there
                    0201050500             | field: 2 bytes follow its end; send it alone
                    3080020105 0000        | field: has an indefinite or oversized length at offset 1; encode it as DER
                    308500000000 03020105  | field: has an indefinite or oversized length at offset 1; encode it as DER
                    308103020105           | field: has a length that is not minimal at offset 1; encode it as DER
                    30820003020105         | field: has a length that is not minimal at offset 1; encode it as DER
                    1f8101 00              | field: has a tag number above 30 at offset 0
                    3003020205             | field: is cut off: the element at offset 2 claims 2 bytes, 1 are there
                    30040202 0005          | field: is not ASN.1 in DER
                    3003010101             | field: is BER but not DER; encode it canonically (X.690 section 10)
                    3106020102 020101      | field: is BER but not DER; encode it canonically (X.690 section 10)
                    020105                 | field: is not an ASN.1 SEQUENCE
                    """)
    void saysWhatIsWrong(String hex, String message) {
        assertThatThrownBy(() -> StrictDer.sequence(der(hex), "field", 100))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsTooLongUnread() {
        assertThatThrownBy(() -> StrictDer.decode(Der.of(new byte[101]), "field", 100))
                .hasMessage("field: has 101 bytes, at most 100 are accepted");
    }

    @Test
    void refusesDeepNestingBeforeAnyRecursiveParserSeesIt() {
        byte[] nested = new byte[68];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) (nested.length - i - 2);
        }
        assertThatThrownBy(() -> StrictDer.decode(Der.of(nested), "field", 100))
                .hasMessage("field: is nested more than 32 levels deep");
    }

    @Test
    void randomBytesDecodeToThemselvesOrAreMalformed() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = (byte) (random.nextBoolean() ? 0x30 : random.nextInt(0x20));
                bytes[1] = (byte) (bytes.length - 2);
            }
            try {
                assertThat(StrictDer.encode(StrictDer.decode(Der.of(bytes), "field", 100)))
                        .isEqualTo(bytes);
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("field: ");
            }
        }
    }

    private static Der der(String hex) {
        return Der.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
