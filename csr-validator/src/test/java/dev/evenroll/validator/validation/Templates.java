package dev.evenroll.validator.validation;

import dev.evenroll.pki.RuleText;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Messages and the templates that they were made of.
public final class Templates {

    private Templates() {}

    /// Whether a message could have been made of a text.
    public static boolean matches(RuleText text, String message) {
        var parts = text.message().split("<[a-z0-9][a-z0-9 -]*>", -1);
        var pattern = Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(message).matches();
    }
}
