package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.asn1.StrictDer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The public point of a key, as one token or another gives it.
class TokenKeyPairTest {

    private static final int P256 = 65;

    /// P-256, P-384, P-521, Ed25519. Each point also begins like an OCTET STRING that fills the rest.
    @ParameterizedTest
    @ValueSource(ints = {P256, 97, 133, 32})
    void aPointIsTakenAsItIsAndInAnOctetString(int bytes) throws Exception {
        for (int second = 0; second < 256; second++) {
            byte[] point = new byte[bytes];
            point[0] = 4;
            point[1] = (byte) second;
            point[2] = (byte) (bytes - 3);
            assertThat(TokenKeyPair.point(point, bytes)).isEqualTo(point);
            assertThat(TokenKeyPair.point(StrictDer.encode(new DEROctetString(point)), bytes))
                    .isEqualTo(point);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', CKA_EC_POINT: is empty",
        "0402aabb, 'its point has 2 bytes, not 65'",
        "0405aabb, 'CKA_EC_POINT: is cut off: the element at offset 0 claims 5 bytes, 2 are there'",
        "04810204aa, CKA_EC_POINT: has a length that is not minimal at offset 1; encode it as DER",
        "0500, CKA_EC_POINT: is neither a point of its curve nor an OCTET STRING",
    })
    void whatIsNoPoint(String value, String message) {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> TokenKeyPair.point(HexFormat.of().parseHex(value), P256))
                .withMessage(message);
    }

    @Test
    void anythingElseIsRefusedWithoutAMistakeOfOurs() {
        var random = new Random(27);
        byte[] wrapped = StrictDer.encode(new DEROctetString(new byte[P256]));
        for (int i = 0; i < 20_000; i++) {
            byte[] value = Arrays.copyOf(wrapped, random.nextInt(2 * P256));
            for (int j = random.nextInt(4); j > 0 && value.length > 0; j--) {
                value[random.nextInt(Math.min(value.length, 6))] = (byte) random.nextInt();
            }
            try {
                assertThat(TokenKeyPair.point(value, P256)).hasSize(P256);
            } catch (GeneralSecurityException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
