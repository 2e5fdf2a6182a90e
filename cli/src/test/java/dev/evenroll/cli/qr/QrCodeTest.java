package dev.evenroll.cli.qr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.evenroll.pki.identity.OneTimeToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QrCodeTest {

    private static final String TEXT = "evenroll:enroll?server=https%3A%2F%2Fest.example%3A8443&device=CP-1"
            + "&token=0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";

    @Test
    void thePictureIsReadAgain() throws Exception {
        assertThat(QrPicture.read(new ByteArrayInputStream(QrCode.of(TEXT).png())))
                .contains(TEXT);
    }

    /// Pins: some pictures of ours were not found by the search for a code in a photograph.
    @Test
    void thePictureOfEveryTokenIsReadAgain() throws Exception {
        for (int i = 0; i < 400; i++) {
            var token = OneTimeToken.random(new SecureRandom());
            var text = "evenroll:enroll?server=https%3A%2F%2Flocalhost%3A" + (20_000 + i) + "&device=CP-0001&token="
                    + token.text();
            assertThat(QrPicture.read(new ByteArrayInputStream(QrCode.of(text).png())))
                    .contains(text);
        }
    }

    /// What a camera sees of the terminal.
    @Test
    void theTerminalIsReadAgain() throws Exception {
        var lines = QrCode.of(TEXT).halfBlocks();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).hasSize(lines.getFirst().length()));
        assertThat(new QRCodeReader().decode(seen(lines)).getText()).isEqualTo(TEXT);
    }

    private static BinaryBitmap seen(List<String> lines) {
        int scale = 4;
        int width = lines.getFirst().length() * scale;
        int height = 2 * lines.size() * scale;
        var pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char c = lines.get(y / (2 * scale)).charAt(x / scale);
                boolean upper = y / scale % 2 == 0;
                boolean light = c == '█' || c == (upper ? '▀' : '▄');
                pixels[y * width + x] = light ? 0xffffff : 0;
            }
        }
        return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    }

    @Test
    void hasAQuietZoneOfFourModules() {
        var lines = QrCode.of("x").halfBlocks();
        assertThat(lines.subList(0, 2)).allMatch(line -> line.chars().allMatch(c -> c == '█'));
        assertThat(lines).allMatch(line -> line.startsWith("████") && line.endsWith("████"));
    }

    @Test
    void whatIsNoPictureHasNoCode() throws IOException {
        var png = QrCode.of("x").png();
        assertThat(QrPicture.read(new ByteArrayInputStream(new byte[0]))).isEmpty();
        assertThat(QrPicture.read(new ByteArrayInputStream(new byte[100]))).isEmpty();
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            var damaged = png.clone();
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            // Nothing but an answer: a text or none.
            assertThat(QrPicture.read(new ByteArrayInputStream(damaged))).isNotNull();
        }
    }
}
