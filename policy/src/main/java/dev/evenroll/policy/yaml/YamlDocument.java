package dev.evenroll.policy.yaml;

import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.StreamReader;

/// The nodes of a YAML document, within limits that no honest file comes near.
public final class YamlDocument {

    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int DEEPEST_NODE = 10;
    private static final int MOST_ALIASES = 20;
    /// A character beyond U+10FFFF, the last one of Unicode.
    private static final Pattern NO_CHARACTER = Pattern.compile("\\\\U(?!000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{8}");

    private final String yaml;
    private final Problems problems;

    private YamlDocument(String yaml, Problems problems) {
        this.yaml = yaml;
        this.problems = problems;
    }

    /// The root; empty, with a problem, when there is none.
    ///
    /// @param advice what to write into an empty file
    public static Optional<Node> root(String yaml, String advice, Problems problems) {
        return new YamlDocument(yaml, problems).root(advice);
    }

    private Optional<Node> root(String advice) {
        if (yaml.length() > MOST_CHARACTERS) {
            problems.at(
                    1,
                    1,
                    "file: has more than " + MOST_CHARACTERS
                            + " characters; shorten it, serial numbers can stand in files of their own");
            return Optional.empty();
        }
        // SnakeYAML checks this too, but does not know the place.
        int strange = firstStrangeCharacter();
        if (strange >= 0) {
            problem(
                    strange,
                    "holds a character that YAML does not allow, U+%04X; remove it"
                            .formatted(yaml.codePointAt(strange)));
            return Optional.empty();
        }
        var root = composed();
        if (root.isEmpty() && problems.none()) {
            problems.at(1, 1, "file: is empty; " + advice);
        }
        return root;
    }

    private Optional<Node> composed() {
        var limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setNestingDepthLimit(DEEPEST_NODE);
        limits.setCodePointLimit(MOST_CHARACTERS);
        try {
            return Optional.ofNullable(new Yaml(limits).compose(new StringReader(yaml)));
        } catch (MarkedYAMLException e) {
            problems.add(YamlMistake.of(e, yaml));
        } catch (YAMLException _) {
            problems.at(
                    1,
                    1,
                    "file: is more deeply nested than " + DEEPEST_NODE + " levels, or repeats (with *) more than "
                            + MOST_ALIASES + " values; write it flatter");
        } catch (IllegalArgumentException e) {
            // SnakeYAML 2.5 takes the digits of \U for granted.
            var escape = NO_CHARACTER.matcher(yaml);
            problem(
                    escape.find() ? escape.start() : 0,
                    "holds an escape of a character that Unicode does not have; write the character itself");
        }
        return Optional.empty();
    }

    private int firstStrangeCharacter() {
        for (int i = 0; i < yaml.length(); i = yaml.offsetByCodePoints(i, 1)) {
            if (!StreamReader.isPrintable(yaml.codePointAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private void problem(int index, String reason) {
        String before = yaml.substring(0, index);
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        int column = yaml.codePointCount(before.lastIndexOf('\n') + 1, index) + 1;
        problems.at(line, column, "file: " + reason);
    }
}
