package dev.evenroll.cli.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A QR code of a text, with error correction of level M and the quiet zone of four modules that the standard wants.
public final class QrCode {

    private static final int QUIET_ZONE = 4;
    private static final int PIXELS_A_MODULE = 8;
    private static final int WHITE = 0xffffff;

    /// Set where a module is dark; the quiet zone included.
    private final BitMatrix modules;

    private QrCode(BitMatrix modules) {
        this.modules = modules;
    }

    /// The code of a text.
    ///
    /// @throws IllegalArgumentException when the text is too long for any QR code
    public static QrCode of(String text) {
        try {
            var hints =
                    Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, QUIET_ZONE);
            return new QrCode(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints));
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "text: " + text.length() + " characters do not fit into a QR code; shorten it", e);
        }
    }

    /// Lines of half blocks, two modules a character: what is light is drawn, as on a terminal with a dark background.
    public List<String> halfBlocks() {
        var lines = new ArrayList<String>();
        for (int y = 0; y < modules.getHeight(); y += 2) {
            var line = new StringBuilder();
            for (int x = 0; x < modules.getWidth(); x++) {
                line.append(halfBlock(light(x, y), light(x, y + 1)));
            }
            lines.add(line.toString());
        }
        return List.copyOf(lines);
    }

    private static char halfBlock(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '█' : '▀';
        }
        return lower ? '▄' : ' ';
    }

    private boolean light(int x, int y) {
        return y >= modules.getHeight() || !modules.get(x, y);
    }

    /// A picture in black and white. Made in memory: a cache on the disk could be read by others.
    public byte[] png() {
        int width = modules.getWidth() * PIXELS_A_MODULE;
        int height = modules.getHeight() * PIXELS_A_MODULE;
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, light(x / PIXELS_A_MODULE, y / PIXELS_A_MODULE) ? WHITE : 0);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("This JDK writes no PNG; run on a complete JDK 25.");
            }
        } catch (IOException e) {
            throw new IllegalStateException("Writing a picture into memory failed.", e);
        }
        return bytes.toByteArray();
    }
}
