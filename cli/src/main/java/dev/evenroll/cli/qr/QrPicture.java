package dev.evenroll.cli.qr;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads the QR code in a picture.
public final class QrPicture {

    /// More than the camera of a telephone takes.
    private static final long MOST_PIXELS = 100_000_000;

    private QrPicture() {}

    /// The text of the code; empty when there is no picture with a code that can be read.
    public static Optional<String> read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    static Optional<String> read(InputStream in) throws IOException {
        var image = image(in);
        return image.isPresent() ? text(image.get()) : Optional.empty();
    }

    private static Optional<BufferedImage> image(InputStream in) throws IOException {
        try (var bytes = new MemoryCacheImageInputStream(in)) {
            var readers = ImageIO.getImageReaders(bytes);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            var reader = readers.next();
            try {
                reader.setInput(bytes);
                return (long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS
                        ? Optional.empty()
                        : Optional.of(reader.read(0));
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
                return Optional.empty();
            } finally {
                reader.dispose();
            }
        }
    }

    private static Optional<String> text(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        var source = new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        // A photograph needs the first, with its local contrast. What a program drew is at times missed by it, and
        // by the search for the code's corners: the others take such a picture for what it is.
        return decode(new HybridBinarizer(source), DecodeHintType.TRY_HARDER)
                .or(() -> decode(new GlobalHistogramBinarizer(source), DecodeHintType.TRY_HARDER))
                .or(() -> decode(new GlobalHistogramBinarizer(source), DecodeHintType.PURE_BARCODE));
    }

    private static Optional<String> decode(Binarizer binarizer, DecodeHintType how) {
        try {
            var result = new QRCodeReader().decode(new BinaryBitmap(binarizer), Map.of(how, Boolean.TRUE));
            return Optional.of(result.getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }
}
