package dev.evenroll.pki;

import java.util.regex.Pattern;

/// One thing found wrong, as a value: whoever judges collects all of them.
///
/// @param rule the rule that was broken, in kebab case, stable: programs compare it
/// @param message a sentence for people: the field, what is wrong with it, what to do
public record Failure(String rule, String message) {
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public Failure {
        if (!KEBAB_CASE.matcher(rule).matches()) {
            throw new IllegalArgumentException("rule: \"" + rule + "\" is not in kebab case; write it like weak-key");
        }
        if (message.isBlank()) {
            throw new IllegalArgumentException("message: is blank; say what is wrong and what to do");
        }
    }
}
