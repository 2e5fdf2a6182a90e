package dev.evenroll.issuer.kafka;

import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.Finding;
import java.util.List;
import java.util.stream.Collectors;

/// Failures of the domain as the findings of an event.
final class Findings {

    /// What the schema promises of Finding.message.
    private static final int LONGEST_MESSAGE = 1_000;

    private Findings() {}

    static List<Finding> of(List<Failure> failures) {
        return failures.stream()
                .map(failure -> new Finding(failure.rule(), abbreviated(failure.message())))
                .toList();
    }

    /// All of them in one text, for a dead letter.
    static String inOneSentence(List<Failure> failures) {
        return failures.stream().map(Failure::message).collect(Collectors.joining("; "));
    }

    static String abbreviated(String text) {
        return abbreviated(text, LONGEST_MESSAGE);
    }

    static String abbreviated(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
