package dev.evenroll.cli.qr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnrollmentLinkTest {

    private static final OneTimeToken TOKEN =
            OneTimeToken.read("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ").orElseThrow();
    private static final EnrollmentLink LINK =
            new EnrollmentLink(URI.create("https://est.example:8443"), new DeviceId("CP-1"), TOKEN);
    private static final String TEXT = "evenroll:enroll?server=https%3A%2F%2Fest.example%3A8443&device=CP-1"
            + "&token=0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";

    @Test
    void isOneLine() {
        assertThat(LINK.text()).isEqualTo(TEXT);
        assertThat(EnrollmentLink.read(TEXT)).contains(LINK);
    }

    @Test
    void orderAndUnknownParametersDoNotMatter() {
        assertThat(EnrollmentLink.read("evenroll:enroll?v=2&token=0123456789abcdefghjkmnpqrstvwxyz&device=CP-1"
                        + "&server=https%3a%2f%2fest.example%3A8443&"))
                .contains(LINK);
    }

    @Test
    void whatLacksSomethingIsNoLink() {
        for (var wrong : new String[] {
            "",
            "evenroll:enroll?",
            "https://est.example/?" + TEXT,
            TEXT.replace("https", "http"),
            TEXT.replace("CP-1", "10.0.0.1"),
            TEXT.replace("device", "x"),
            TEXT.replace("-WXYZ", ""),
            TEXT.replace("%3A", "%3"),
            TEXT.replace("est.example", ""),
            TEXT + "&x=" + "y".repeat(2_000)
        }) {
            assertThat(EnrollmentLink.read(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void doesNotTellTheSecret() {
        assertThat(LINK).hasToString("EnrollmentLink[https://est.example:8443, CP-1]");
    }

    @Test
    void nothingStopsTheReader() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(TEXT);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                text.setCharAt(random.nextInt(16, text.length()), (char) random.nextInt(32, 300));
            }
            EnrollmentLink.read(text.toString())
                    .ifPresent(
                            link -> assertThat(EnrollmentLink.read(link.text())).contains(link));
        }
    }

    @Test
    void everyTokenFits() {
        var random = new SecureRandom();
        for (int i = 0; i < 100; i++) {
            var link = new EnrollmentLink(LINK.server(), LINK.device(), OneTimeToken.random(random));
            assertThat(EnrollmentLink.read(link.text())).contains(link);
        }
    }
}
