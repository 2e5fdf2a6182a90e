package dev.evenroll.cli.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.tls.TestTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HttpAnswerReaderTest {

    private static final int ROUNDS = 5_000;

    /// Whatever a server sends, the client ends with an answer or with one of its two exceptions.
    @Test
    void mutatedAnswersNeverSurprise() {
        var tls = new TestTls();
        var random = new Random(22);
        var good = Answers.certificates(tls.anchors()).getBytes(StandardCharsets.ISO_8859_1);
        var key = tls.authority().certificate().getPublicKey();
        int understood = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var bytes = Arrays.copyOf(good, random.nextInt(10) == 0 ? random.nextInt(good.length) : good.length);
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                var answer = new HttpAnswerReader(new ByteArrayInputStream(bytes)).read();
                new EstAnswers(InstantSource.system()).enrollment(answer, key);
                understood++;
            } catch (IOException | FaultException expected) {
                assertThat(expected).hasMessageNotContaining("\u0000");
            }
        }
        assertThat(understood).isGreaterThan(ROUNDS / 10);
    }
}
