package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.evenroll.policy.yaml.UnusableValueException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialPatternTest {

    private static boolean matches(String pattern, String serialNumber) throws UnusableValueException {
        return SerialPattern.parse(pattern).matches(serialNumber);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ' ',
            value = {
                "CP-[0-9]{6} CP-000001 true",
                "CP-[0-9]{6} CP-0000001 false",
                "CP-[0-9]{6} XCP-000001 false",
                "CP-\\d+ CP-1 true",
                "CP-\\d+ CP- false",
                "CP.1 CP.1 true",
                "CP.1 CP_1 true",
                "CP\\.1 CP_1 false",
                "(A|B|CC)-1 CC-1 true",
                "(A|B|CC)-1 C-1 false",
                "(A|B)* `` true",
                "(A*)*B AAAAB true",
                "(A?){3} AAAA false",
                "A{2,4} AAAA true",
                "A{2,4} A false",
                "A{2,4} AAAAA false",
                "A{2,} AAAAAAA true",
                "A{2,} A false",
                "[^A-Z]+ abc-1 true",
                "[^A-Z]+ abC false",
                "[a-c.-]+ a-b.c true",
                "\\w+ a_1 true",
                "\\w+ a-1 false",
                "cp-1 CP-1 false",
                ".* ä false",
            })
    void describesWholeSerialNumbers(String pattern, String serialNumber, boolean expected)
            throws UnusableValueException {
        assertThat(matches(pattern, serialNumber)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "``~has 0 characters; write 1 to 500",
                "CP(~see character 3: there is nothing before it to choose or to group; write (...)? for what may be absent",
                "CP(1~see character 4: a group is not closed; write \")\"",
                "CP)~see character 2: \")\" closes no group",
                "A|~see character 2: there is nothing before it to choose or to group; write (...)? for what may be absent",
                "*A~see character 1: \"*\" repeats nothing; write \\ before a character",
                "A**~see character 2: \"*\" repeats a repetition; put a group around the first one",
                "A{3~see character 3: a repetition is not closed; write {6}, {2,} or {2,6}",
                "A{65}~see character 4: a repetition needs a number of 0 to 64; write {6} or {2,6}",
                "A{x}~see character 2: a repetition needs a number of 0 to 64; write {6} or {2,6}",
                "A{3,2}~see character 6: a repetition of {3,2} never happens; begin with the smaller number",
                "A{0}~see character 4: a repetition of {0,0} never happens; begin with the smaller number",
                "^A$~see character 1: \"^\" is not needed, the whole serial number is compared; remove it",
                "[A-~see character 3: a set of characters is not closed; write \"]\"",
                "[~see character 1: it ends too early; complete it",
                "[]~see character 2: \"]\" never stands in a serial number, which has letters, digits, '.', '_' and '-' only",
                "[z-a]~see character 4: \"z-a\" is no range; write it like 0-9, A-F or a-f",
                "[A-z]~see character 4: \"A-z\" is no range; write it like 0-9, A-F or a-f",
                "[^.A-Za-z0-9_-]~see character 15: the set leaves no character of a serial number; widen it",
                "\\s~see character 2: \"\\s\" means nothing here; there are \\d, \\w, \\. and \\-",
                "\\~see character 1: it ends too early; complete it",
                "(?i)a~see character 2: \"?\" repeats nothing; write \\ before a character",
                "CP 1~see character 3: \" \" never stands in a serial number, which has letters, digits, '.', '_' and '-' only",
            })
    void saysWhatIsWrong(String pattern, String reason) {
        assertThatThrownBy(() -> SerialPattern.parse(pattern))
                .isInstanceOf(UnusableValueException.class)
                .message()
                .endsWith(reason);
    }

    /// Patterns that keep backtracking matchers busy for years, and one whose repetitions look at
    /// nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(A+)+B",
                "(A*)*B",
                "(A|A)*B",
                "(A|AA)+B",
                "((A?){32}){32}B",
                ".*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*B",
                "(((((A*)*)*)*)*)*B"
            })
    void neverHangs(String text) throws UnusableValueException {
        var pattern = SerialPattern.parse(text);
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(pattern.matches("A".repeat(64))).isFalse());
        assertThat(pattern.matches("AAB")).isTrue();
    }

    @Test
    void refusesWhatWouldGrowTooLarge() {
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (String pattern : List.of("((A{64}){64}){64}", "(".repeat(10) + "A" + "){64}".repeat(10))) {
                assertThatThrownBy(() -> SerialPattern.parse(pattern))
                        .hasMessage("repeats repetitions until it has more than 5000 steps; serial numbers have 64"
                                + " characters at most, so lower the numbers");
            }
        });
        assertThatThrownBy(() -> SerialPattern.parse("(".repeat(11) + "A" + ")".repeat(11)))
                .hasMessageEndingWith("groups stand more than 10 deep; write it more simply");
    }

    /// Random patterns over a small alphabet mean what `java.util.regex` takes them to mean.
    @Test
    void agreesWithTheRegularExpressionsOfTheJdk() throws UnusableValueException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = branch(random, 3);
            var ours = SerialPattern.parse(text);
            var theirs = Pattern.compile(text);
            for (int j = 0; j < 5; j++) {
                String serialNumber = word(random, random.nextInt(7));
                boolean expected = theirs.matcher(serialNumber).matches();
                matched += expected ? 1 : 0;
                assertThat(ours.matches(serialNumber))
                        .as("%s with %s", text, serialNumber)
                        .isEqualTo(expected);
            }
        }
        assertThat(matched).isGreaterThan(5_000);
    }

    private static String branch(RandomGenerator random, int depth) {
        var text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(atom(random, depth)).append(repetition(random));
        }
        return text.toString();
    }

    private static String atom(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> "[ab]";
            case 1 -> "[^a]";
            case 2 -> ".";
            case 3, 4, 5 -> word(random, 1);
            case 6 -> "(" + branch(random, depth - 1) + ")";
            default -> "(" + branch(random, depth - 1) + "|" + branch(random, depth - 1) + ")";
        };
    }

    private static String repetition(RandomGenerator random) {
        var repetitions = List.of("", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}");
        return repetitions.get(random.nextInt(repetitions.size()));
    }

    private static String word(RandomGenerator random, int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("ab1".charAt(random.nextInt(3)));
        }
        return word.toString();
    }
}
