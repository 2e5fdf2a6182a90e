package dev.evenroll.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedCredentialsTest {

    private static final String SEND = "send the device id as user and the one-time token as password.";

    private final OneTimeToken token = OneTimeToken.random(new SecureRandom());

    @Test
    void withoutTheFieldThereAreNone() {
        assertThat(PresentedCredentials.read(List.of())).isEqualTo(new PresentedCredentials.None());
    }

    @Test
    void aDeviceAndATokenAreRead() {
        for (var text : List.of(token.text(), token.text().replace("-", "").toLowerCase(java.util.Locale.ROOT))) {
            for (var scheme : List.of("Basic ", "basic ", "BASIC   ")) {
                assertThat(PresentedCredentials.read(List.of(scheme + base64("SN-1:" + text))))
                        .isInstanceOfSatisfying(PresentedCredentials.Token.class, found -> {
                            assertThat(found.holder().device()).isEqualTo(new DeviceId("SN-1"));
                            assertThat(found.holder().tokenSha256()).isEqualTo(token.sha256());
                            assertThat(found.toString()).doesNotContain(text).doesNotContain(token.sha256());
                        });
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Bearer abc       | Authorization: is not HTTP Basic (RFC 7617); SEND
            ''               | Authorization: is not HTTP Basic (RFC 7617); SEND
            Basic            | Authorization: is not HTTP Basic (RFC 7617); SEND
            Basicabc         | Authorization: is not HTTP Basic (RFC 7617); SEND
            Basic abc!       | Authorization: is not base64 behind the word Basic; SEND
            Basic U04tMQ==   | Authorization: has no colon between user and password; SEND
            Basic Og==       | Authorization: the user is no device id; SEND
            """)
    void whatIsNoneIsSaidInWords(String field, String reason) {
        assertThat(PresentedCredentials.read(List.of(field)))
                .isEqualTo(new PresentedCredentials.Unusable(reason.replace("SEND", SEND)));
    }

    @Test
    void aPasswordThatIsNoTokenIsNotSaidBack() {
        assertThat(PresentedCredentials.read(List.of("Basic " + base64("SN-1:hunter2"))))
                .isEqualTo(new PresentedCredentials.Unusable(
                        "Authorization: the password is not shaped like a one-time token (32 letters and digits, in"
                                + " groups of four); type it as it was shown, or have a new one made."));
    }

    @Test
    void twoFieldsAreOneTooMany() {
        assertThat(PresentedCredentials.read(List.of("Basic a", "Basic b")))
                .isEqualTo(new PresentedCredentials.Unusable("Authorization: is there 2 times; send it once."));
    }

    /// Whatever stands in the field: no exception, and nothing of it in the answer.
    @Test
    void damagedFieldsAreReadWithoutHarm() {
        var random = new Random(20261122);
        var whole = ("Basic " + base64("SN-1:" + token.text())).getBytes(StandardCharsets.ISO_8859_1);
        var unusable = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = whole.clone();
            for (int flips = random.nextInt(5); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var end = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            var result = PresentedCredentials.read(List.of(new String(bytes, 0, end, StandardCharsets.ISO_8859_1)));
            if (result instanceof PresentedCredentials.Unusable(var reason)) {
                unusable++;
                assertThat(reason)
                        .startsWith("Authorization: ")
                        .doesNotContain(token.text().substring(0, 9));
            } else {
                assertThat(result).isInstanceOf(PresentedCredentials.Token.class);
            }
        }
        assertThat(unusable).isGreaterThan(10_000);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
