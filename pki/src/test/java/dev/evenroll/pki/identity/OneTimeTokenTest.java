package dev.evenroll.pki.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeTokenTest {
    private static final String TEXT = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";
    private static final String INPUT =
            "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyzOoIiLlUu- _.\tıſK\u0000🔑";

    /// Every bit of the random source is in the text, in its order.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000, 0000-0000-0000-0000-0000-0000-0000-0000",
        "ffffffffffffffffffffffffffffffffffffffff, ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ",
        "00443214c74254b635cf84653a56d7c675be77df, 0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
        "8000000000000000000000000000000000000001, G000-0000-0000-0000-0000-0000-0000-0001"
    })
    void is160BitsInBase32(String bits, String text) {
        byte[] bytes = HexFormat.of().parseHex(bits);

        assertThat(OneTimeToken.random(new Given(bytes)).text()).isEqualTo(text);
    }

    @Test
    void noTwoAreAlike() {
        var random = new SecureRandom();
        var seen = new HashSet<OneTimeToken>();
        for (int i = 0; i < 1000; i++) {
            OneTimeToken token = OneTimeToken.random(random);

            assertThat(seen.add(token)).isTrue();
            assertThat(token.text()).matches("([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}");
            assertThat(OneTimeToken.read(token.text())).contains(token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TEXT,
                "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
                "0123 4567 89ab cdef ghjk mnpq rstv wxyz",
                "o12345-6789abcdefghjkmnpqrstvwxyz",
                "OI23-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
                "0l23-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz",
                "0L23-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
                " -0i23-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ- "
            })
    void isReadAsPeopleWriteIt(String written) throws Exception {
        var token = OneTimeToken.read(written).orElseThrow();

        assertThat(token.text()).isEqualTo(TEXT);
        assertThat(token).isEqualTo(OneTimeToken.read(TEXT).orElseThrow());
        assertThat(token.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest("0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ0",
                "U123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
                "0123_4567_89AB_CDEF_GHJK_MNPQ_RSTV_WXYZ",
                "ı123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RſTV-WXYZ",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ\n",
                "--------------------------------0123456789ABCDEFGHJKMNPQRSTVWXYZ-"
            })
    void isNotReadOutOfSomethingElse(String written) {
        assertThat(OneTimeToken.read(written)).isEmpty();
    }

    @Test
    void hostileInputIsATokenOrNone() {
        var random = new Random(41);
        int[] characters = INPUT.codePoints().toArray();
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(80);
            // Mostly of good characters, so that some get through.
            int variety = random.nextBoolean() ? characters.length : 62;
            for (int j = 0; j < length; j++) {
                text.appendCodePoint(characters[random.nextInt(variety)]);
            }
            var token = OneTimeToken.read(text);
            read += token.isPresent() ? 1 : 0;
            token.ifPresent(found -> assertThat(normalised(text.toString())).isEqualTo(plain(found)));
        }
        assertThat(read).as("tokens among the inputs").isPositive();
    }

    private static String plain(OneTimeToken token) {
        return token.text().replace("-", "");
    }

    private static String normalised(String text) {
        return text.toUpperCase(Locale.ROOT)
                .replaceAll("[- ]", "")
                .replace('O', '0')
                .replaceAll("[IL]", "1");
    }

    @Test
    void doesNotTellItself() {
        var token = OneTimeToken.read(TEXT).orElseThrow();

        assertThat(token).hasToString("OneTimeToken[hidden]");
        assertThat(token.hashCode())
                .isEqualTo(OneTimeToken.read(TEXT.toLowerCase(Locale.ROOT))
                        .orElseThrow()
                        .hashCode());
        assertThat(token).isNotEqualTo(OneTimeToken.random(new SecureRandom()));
    }

    /// A source of the bytes given.
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        private Given(byte[] bytes) {
            this.bytes = Arrays.copyOf(bytes, bytes.length);
        }

        @Override
        public void nextBytes(byte[] target) {
            assertThat(target).hasSameSizeAs(bytes);
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }
    }
}
