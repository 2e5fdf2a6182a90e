package dev.evenroll.policy.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What keeps a text from being YAML, in words for who has written it: SnakeYAML speaks of tokens and blocks.
///
/// Only the first mistake is known: what follows it can not be told apart.
final class YamlMistake {

    /// What SnakeYAML says, and what it means.
    private record Meaning(Pattern words, String reason) {}

    private static final List<Meaning> MEANINGS = List.of(
            meaning(".*\\(TAB\\).*indentation.*", "is indented with a tab; indent with spaces"),
            meaning(
                    "found character '(.).*",
                    "a value can not begin with the character $1; put the value in quotation marks"),
            meaning(
                    "mapping values are not allowed here",
                    "the colon makes this a key, and none can stand here; indent the line like those around it, or put"
                            + " a value with a colon in quotation marks"),
            meaning(
                    "(mapping keys|sequence entries) are not allowed here",
                    "nothing can begin here; write it on a line of its own"),
            meaning(
                    "expected <block end>, but found .*",
                    "does not go on with what stands above; indent the line like those around it, and close quotation"
                            + " marks and brackets before it"),
            meaning(
                    "expected ',' or '([\\]}])', but got .*",
                    "a bracket is open here; write $1 at its end, or a comma"),
            meaning("could not find expected ':'", "is no key with a value; write a colon and a space after the key"),
            meaning("found unexpected end of stream", "a quotation mark is open; write the other one at the end"),
            meaning(
                    "found unknown escape character (.).*",
                    "\\\\$1 means nothing in double quotation marks; write single ones, or \\\\\\\\ for a backslash"),
            meaning(
                    "found undefined alias (.*)",
                    "*$1 repeats what is marked with &$1, and nothing is; put a value that begins with * in quotation"
                            + " marks"),
            meaning(
                    "unexpected character found .*",
                    "& marks a value and * repeats it; put a value that begins with one of them in quotation marks"),
            meaning("but found another document", "begins a second document, and a file has one; remove the ---"),
            meaning("Global tag is not allowed: .*", "has a type of its own (!!), which means nothing here; remove it"),
            meaning("found undefined tag handle.*", "has a type of its own (!), which means nothing here; remove it"));

    private static final Pattern KEY = Pattern.compile("^[\\s{\\[,-]*([A-Za-z][A-Za-z0-9]*)\\s*:(\\s.*)?$");

    private YamlMistake() {}

    private static Meaning meaning(String words, String reason) {
        return new Meaning(Pattern.compile(words, Pattern.DOTALL), reason);
    }

    /// The mistake at its place, with the key of its line.
    static FileProblem of(MarkedYAMLException failure, String yaml) {
        var place = place(failure);
        if (place.isEmpty()) {
            return new FileProblem(1, 1, "file: " + reason(failure));
        }
        int line = place.get().getLine();
        return new FileProblem(
                line + 1, place.get().getColumn() + 1, key(yaml, line).orElse("file") + ": " + reason(failure));
    }

    /// What is left open is found after it, and mended where it begins.
    private static Optional<Mark> place(MarkedYAMLException failure) {
        boolean leftOpen = failure.getProblem().startsWith("expected ',' or ")
                || failure.getProblem().equals("found unexpected end of stream")
                || failure.getProblem().equals("could not find expected ':'");
        return Optional.ofNullable(leftOpen ? failure.getContextMark() : failure.getProblemMark());
    }

    private static String reason(MarkedYAMLException failure) {
        return MEANINGS.stream()
                .map(meaning -> Map.entry(meaning.words().matcher(failure.getProblem()), meaning.reason()))
                .filter(found -> found.getKey().matches())
                .map(found -> found.getKey().replaceFirst(found.getValue()))
                .findFirst()
                .orElse("is not written as YAML asks for (" + failure.getProblem() + "); correct it");
    }

    private static Optional<String> key(String yaml, int line) {
        return yaml.lines()
                .skip(line)
                .findFirst()
                .map(KEY::matcher)
                .filter(key -> key.matches())
                .map(key -> key.group(1));
    }
}
