package dev.evenroll.gateway.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.est.EstResponse.Field;
import dev.evenroll.pki.Der;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstResponseTest {

    private static final Der SIXTY_BYTES = Der.of(new byte[60]);

    @Test
    void certificatesAreWrappedAtSixtyFourCharacters() {
        assertThat(EstResponse.certificates(SIXTY_BYTES, Base64Form.WRAPPED))
                .isEqualTo(new EstResponse(
                        EstOutcome.ANSWERED,
                        List.of(
                                new Field("Content-Type", "application/pkcs7-mime; smime-type=certs-only"),
                                new Field("Content-Transfer-Encoding", "base64"),
                                new Field("Content-Length", "82")),
                        "A".repeat(64) + "\n" + "A".repeat(16) + "\n"));
    }

    @Test
    void behindTheLabelTheyStandOnOneLine() {
        assertThat(EstResponse.certificates(SIXTY_BYTES, Base64Form.UNWRAPPED).body())
                .isEqualTo("A".repeat(80));
    }

    @Test
    void laterHasNoBodyAndWholeSeconds() {
        assertThat(EstResponse.later())
                .isEqualTo(new EstResponse(
                        EstOutcome.LATER,
                        List.of(new Field("Retry-After", "5"), new Field("Content-Length", "0")),
                        ""));
    }

    @Test
    void aRefusalHasOneLineForEachReason() {
        assertThat(EstResponse.refused(List.of("weak-key: RSA 1024.", "subject: no.")))
                .isEqualTo(new EstResponse(
                        EstOutcome.REFUSED,
                        List.of(
                                new Field("Content-Type", "text/plain; charset=utf-8"),
                                new Field("Content-Length", "33")),
                        "weak-key: RSA 1024.\nsubject: no.\n"));
    }

    @Test
    void theLengthIsInBytesAndControlCharactersFromOutsideAreNotSent() {
        var response = EstResponse.unauthenticated("no ä\r\u0007\u202e");

        assertThat(response.body()).isEqualTo("no ä???\n");
        assertThat(response.fields())
                .containsExactly(
                        new Field("WWW-Authenticate", "Basic realm=\"Evenroll\""),
                        new Field("Content-Type", "text/plain; charset=utf-8"),
                        new Field("Content-Length", "9"));
    }
}
