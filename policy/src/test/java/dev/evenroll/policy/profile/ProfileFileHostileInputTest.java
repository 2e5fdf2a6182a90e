package dev.evenroll.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever stands in a file, it is read or refused with problems that can be shown; nothing else is ever thrown.
class ProfileFileHostileInputTest {

    private static final Path EXAMPLE = Path.of("../deploy/profiles/example.yaml");

    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "<<: ",
            "!!binary ",
            "? ",
            ": ",
            "- ",
            "| ",
            "\t",
            "\u0085",
            "\uFEFF",
            "---\n",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "null",
            "~",
            "0x7fffffffffffffff",
            "9".repeat(50),
            "P99999999999999D",
            "-P1D",
            "PT0.1S",
            "{shard}",
            "{issuer}",
            "http://[::1]/",
            "http://",
            "2.999",
            "3.1",
            "1.2." + "9".repeat(40),
            "2.5.29.37.0",
            "ml-dsa-44",
            "none",
            "\uD83D\uDD0C",
            "\u0000",
            "\\U",
            "%s");

    @Test
    void survivesRandomChanges() throws Exception {
        String example = Files.readString(EXAMPLE);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder(example);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                change(text, random);
            }
            refused += refused(text.toString().getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        // Much of the file is comment.
        assertThat(refused).isBetween(2_000, 9_999);
    }

    private static void change(StringBuilder text, RandomGenerator random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(8));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(at, text.substring(at, end));
            default -> text.setCharAt(at, (char) random.nextInt(0x3000));
        }
    }

    /// Each value replaced by each piece: most are wrong, and none does more than that.
    @Test
    void survivesEveryPieceAsEveryValue() throws Exception {
        var lines = Files.readAllLines(EXAMPLE);
        for (int line = 0; line < lines.size(); line++) {
            int colon = lines.get(line).indexOf(": ");
            if (lines.get(line).startsWith("#") || colon < 0) {
                continue;
            }
            for (var piece : PIECES) {
                var changed = new ArrayList<>(lines);
                changed.set(line, lines.get(line).substring(0, colon + 2) + piece);
                refused(String.join("\n", changed).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void survivesRandomBytes() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(44);
        byte[] example = Files.readAllBytes(EXAMPLE);
        for (int i = 0; i < 3_000; i++) {
            var content = example.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            refused(content);
        }
    }

    private static boolean refused(byte[] content) {
        try {
            assertThat(ProfileFile.decode(content, "http://crl.example/{issuer}-{shard}.crl")
                            .profiles())
                    .isNotEmpty();
            return false;
        } catch (UnusableProfilesException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.field()).isNotBlank();
                assertThat(problem.reason()).isNotBlank().hasSizeLessThan(2_000);
            });
            return true;
        }
    }
}
