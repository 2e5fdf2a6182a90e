package dev.evenroll.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private static final int LONGEST = 8;

    @Test
    void linesAreTheSameWhereverTheBytesAreCut() {
        var text = "one\n\n12345678\n123456789\nlonger than that\nlast";
        var random = new Random(1);
        for (int i = 0; i < 500; i++) {
            assertThat(split(text, random)).containsExactly("one", "", "12345678", "too long", "too long", "last");
        }
        assertThat(split(text + "\n", random)).endsWith("too long", "last");
        assertThat(split("", random)).isEmpty();
        assertThat(split("\n", random)).containsExactly("");
        assertThat(split("123456789", random)).containsExactly("too long");
    }

    @Test
    void aPartIsUsedUpBeforeTheNext() {
        var splitter = new LineSplitter(LONGEST);
        splitter.feed(new byte[] {'a'});

        assertThatThrownBy(() -> splitter.feed(new byte[] {'b'})).isInstanceOf(IllegalStateException.class);
    }

    private static List<String> split(String text, Random random) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        var splitter = new LineSplitter(LONGEST);
        var lines = new ArrayList<String>();
        for (int at = 0; at < bytes.length; ) {
            var end = Math.min(bytes.length, at + 1 + random.nextInt(12));
            splitter.feed(Arrays.copyOfRange(bytes, at, end));
            for (var line = splitter.next(); line.isPresent(); line = splitter.next()) {
                lines.add(text(line.get()));
            }
            at = end;
        }
        splitter.last().ifPresent(line -> lines.add(text(line)));
        return lines;
    }

    private static String text(LineSplitter.Line line) {
        return line.tooLong() ? "too long" : new String(line.bytes(), StandardCharsets.US_ASCII);
    }
}
