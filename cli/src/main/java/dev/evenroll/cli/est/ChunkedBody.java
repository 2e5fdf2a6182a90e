package dev.evenroll.cli.est;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/// Writes a body whose length is not announced (RFC 9112 section 7.1): `hexadecimal length CRLF bytes CRLF`, again and
/// again, and a length of 0 at the end.
final class ChunkedBody {

    /// One TLS record.
    private static final int CHUNK_BYTES = 16 * 1024;

    private final OutputStream out;

    ChunkedBody(OutputStream out) {
        this.out = out;
    }

    /// @param sent told after each chunk how many bytes are sent by then
    void send(InputStream body, LongConsumer sent) throws IOException {
        long bytes = 0;
        for (var chunk = body.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = body.readNBytes(CHUNK_BYTES)) {
            out.write(ascii(Integer.toHexString(chunk.length) + "\r\n"));
            out.write(chunk);
            out.write(ascii("\r\n"));
            bytes += chunk.length;
            sent.accept(bytes);
        }
        out.write(ascii("0\r\n\r\n"));
        out.flush();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
