package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// r and s side by side to the SEQUENCE of certificates.
class EcdsaSignatureTest {

    @ParameterizedTest
    @CsvSource({
        // Short numbers lose their zeros; one with the first bit set gets one, for it is positive.
        "00010002, 3006020101020102",
        "80007fff, 300902030080000202" + "7fff",
        "00800080, 3008" + "02020080" + "02020080",
    })
    void writesTheShortestIntegers(String raw, String der) {
        assertThat(HexFormat.of().formatHex(EcdsaSignature.der(HexFormat.of().parseHex(raw), 2)))
                .isEqualTo(der);
    }

    @ParameterizedTest
    @CsvSource({"0", "63", "65", "72", "96"})
    void anotherLength(int length) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> EcdsaSignature.der(new byte[length], 32))
                .withMessage("the ECDSA signature has " + length + " bytes, not 64");
    }

    @Test
    void zero() {
        var onlyR = new byte[64];
        onlyR[31] = 1;
        var onlyS = new byte[64];
        onlyS[63] = 1;
        for (byte[] raw : new byte[][] {onlyR, onlyS, new byte[64]}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> EcdsaSignature.der(raw, 32))
                    .withMessage("the ECDSA signature has an r or s of zero");
        }
    }
}
