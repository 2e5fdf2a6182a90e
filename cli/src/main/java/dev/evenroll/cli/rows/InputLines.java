package dev.evenroll.cli.rows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a text in UTF-8 (RFC 3629), each ended by LF or CR LF. A line that is too long or not UTF-8 is told as
/// such, and the next one is read.
///
/// Owned by one thread.
final class InputLines {

    /// More than any row needs.
    static final int LONGEST_BYTES = 64 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST_BYTES];
    private final byte[] line = new byte[LONGEST_BYTES];
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private int position;
    private int end;
    private long number;
    private long bytesRead;

    InputLines(InputStream in) {
        this.in = in;
    }

    /// A line.
    ///
    /// @param number from 1
    /// @param text without its end; empty when there is a problem
    /// @param problem why it can not be read
    record Line(long number, String text, Optional<String> problem) {}

    /// The next line; empty at the end.
    Optional<Line> next() throws IOException {
        int length = 0;
        boolean tooLong = false;
        int octet = read();
        if (octet < 0) {
            return Optional.empty();
        }
        for (; octet >= 0 && octet != '\n'; octet = read()) {
            if (length == line.length) {
                tooLong = true;
            } else {
                line[length++] = (byte) octet;
            }
        }
        number++;
        if (tooLong) {
            return problem("is longer than " + LONGEST_BYTES + " bytes; a row needs far less");
        }
        return Optional.of(decoded(length));
    }

    /// How far the input is read.
    long bytesRead() {
        return bytesRead - (end - position);
    }

    private Line decoded(int length) {
        int from = number == 1 && startsWithMark(length) ? BYTE_ORDER_MARK.length : 0;
        int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
        try {
            var text = utf8.decode(ByteBuffer.wrap(line, from, to - from)).toString();
            return new Line(number, text, Optional.empty());
        } catch (CharacterCodingException e) {
            return new Line(number, "", Optional.of("is not UTF-8; save the file in that encoding"));
        }
    }

    private boolean startsWithMark(int length) {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (i >= length || line[i] != BYTE_ORDER_MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private Optional<Line> problem(String reason) {
        return Optional.of(new Line(number, "", Optional.of(reason)));
    }

    private int read() throws IOException {
        if (position == end) {
            end = Math.max(0, in.read(buffer));
            position = 0;
            bytesRead += end;
            if (end == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }
}
