package dev.evenroll.pki.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// That failures say what the table of rules says.
final class RuleTexts {
    private RuleTexts() {}

    /// Judges a key, and finds each failure in the table.
    static void assertJudged(Der key) {
        for (Failure failure : KeyRules.judge(key, new AcceptedKeys(false, Set.of()))) {
            assertWritten(failure, KeyRules.texts());
        }
    }

    static void assertWritten(Failure failure, List<RuleText> texts) {
        assertThat(texts)
                .as(failure.toString())
                .anyMatch(text -> text.rule().equals(failure.rule())
                        && pattern(text).matcher(failure.message()).matches());
    }

    private static Pattern pattern(RuleText text) {
        String pattern = Pattern.quote(text.message());
        for (String placeholder : text.placeholders()) {
            pattern = pattern.replace(placeholder, "\\E.+\\Q");
        }
        return Pattern.compile(pattern, Pattern.DOTALL);
    }
}
