package dev.evenroll.pki;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What one rule refuses and how it says so: a row of the table of rules.
///
/// The sentence that a requester reads is made of the same template that the table prints, so that
/// the two can not differ.
///
/// @param rule the name of the rule in kebab case, as it stands in a [Failure]
/// @param source the standard or the decision behind the rule, with its section
/// @param refuses what the rule refuses, a phrase
/// @param message the sentence of the failure, with `<placeholders>` in angle brackets for what differs from
///     case to case
public record RuleText(String rule, String source, String refuses, String message) {
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z0-9][a-z0-9 -]*>");

    public RuleText {
        // Checks name and message, as the failures made from it would be.
        var _ = new Failure(rule, message);
        requireText("source", source);
        requireText("refuses", refuses);
    }

    private static void requireText(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + ": is blank; the table of rules has no empty cells");
        }
    }

    /// The names in angle brackets, in their order.
    public List<String> placeholders() {
        return PLACEHOLDER.matcher(message).results().map(MatchResult::group).toList();
    }

    /// The failure of one case.
    ///
    /// @param values what stands for the placeholders, in their order; taken as it is
    /// @throws IllegalArgumentException when there are fewer or more values than placeholders
    public Failure failure(String... values) {
        List<String> placeholders = placeholders();
        if (placeholders.size() != values.length) {
            throw new IllegalArgumentException("values: " + values.length + " were given for the placeholders "
                    + placeholders + " of the rule " + rule + "; give one for each");
        }
        var text = new StringBuilder();
        var matcher = PLACEHOLDER.matcher(message);
        int end = 0;
        for (String value : values) {
            boolean _ = matcher.find();
            text.append(message, end, matcher.start()).append(value);
            end = matcher.end();
        }
        return new Failure(rule, text.append(message, end, message.length()).toString());
    }
}
