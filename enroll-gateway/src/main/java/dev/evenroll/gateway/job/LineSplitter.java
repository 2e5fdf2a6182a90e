package dev.evenroll.gateway.job;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// Takes bytes as they come and gives lines, ended by a line feed each; the last one need not be.
///
/// Holds at most one part as it came and one line. Of a line that is too long nothing is kept.
final class LineSplitter {

    /// One line.
    static final class Line {
        private final byte[] bytes;
        private final boolean tooLong;

        private Line(byte[] bytes, boolean tooLong) {
            this.bytes = bytes;
            this.tooLong = tooLong;
        }

        /// Without the line feed; empty when it was too long.
        byte[] bytes() {
            return bytes.clone();
        }

        boolean tooLong() {
            return tooLong;
        }

        /// By which it is known when it comes again: the first 8 bytes of its SHA-256; 0 when it was too long.
        long digest() {
            try {
                return tooLong
                        ? 0
                        : ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                                .getLong();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is missing from this JDK; run on a complete JDK 25.", e);
            }
        }
    }

    private final int longestBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] part = {};
    private int at;
    private boolean tooLong;

    LineSplitter(int longestBytes) {
        this.longestBytes = longestBytes;
    }

    /// Takes the next part.
    ///
    /// @throws IllegalStateException when the one before has not been used up
    void feed(byte[] next) {
        if (at < part.length) {
            throw new IllegalStateException("The part before has not been used up.");
        }
        part = next.clone();
        at = 0;
    }

    /// The next whole line; empty when more has to be fed.
    Optional<Line> next() {
        while (at < part.length) {
            var next = part[at++];
            if (next == '\n') {
                return Optional.of(take());
            }
            if (line.size() == longestBytes) {
                tooLong = true;
            }
            if (tooLong) {
                line.reset();
            } else {
                line.write(next);
            }
        }
        return Optional.empty();
    }

    /// What stands behind the last line feed; empty when nothing does.
    Optional<Line> last() {
        return line.size() > 0 || tooLong ? Optional.of(take()) : Optional.empty();
    }

    private Line take() {
        var taken = new Line(line.toByteArray(), tooLong);
        line.reset();
        tooLong = false;
        return taken;
    }
}
