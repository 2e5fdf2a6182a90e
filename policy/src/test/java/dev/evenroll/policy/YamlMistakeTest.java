package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Mistakes that people make in YAML, in their words.
class YamlMistakeTest {

    private static final AdmissibleProfiles PROFILES = AdmissibleProfiles.builtIn();

    private static final String GOOD = """
            version: 2026-11-a
            policies:
              - name: all
                match: {}
                decision: allow
            """;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        GOOD + "---\n" + GOOD,
                        "f:6:1: file: begins a second document, and a file has one; remove the ---"),
                Arguments.of(
                        GOOD + "  x: [\n",
                        "f:6:3: x: does not go on with what stands above; indent the line like those around it, and"
                                + " close quotation marks and brackets before it"),
                Arguments.of(
                        GOOD.replace("    match", "\tmatch"),
                        "f:4:1: match: is indented with a tab; indent with spaces"),
                Arguments.of(
                        GOOD.replace("    match", "     match"),
                        "f:4:11: match: the colon makes this a key, and none can stand here; indent the line like those"
                                + " around it, or put a value with a colon in quotation marks"),
                Arguments.of(
                        GOOD.replace("    match", "   match"),
                        "f:4:4: match: does not go on with what stands above; indent the line like those around it, and"
                                + " close quotation marks and brackets before it"),
                Arguments.of(
                        GOOD.replace("name: all", "name: all: of them"),
                        "f:3:14: name: the colon makes this a key, and none can stand here; indent the line like those"
                                + " around it, or put a value with a colon in quotation marks"),
                Arguments.of(
                        GOOD.replace("{}", "{ model: [X1, X2 }"),
                        "f:4:21: match: a bracket is open here; write ] at its end, or a comma"),
                Arguments.of(
                        GOOD.replace("{}", "{ model: X1"),
                        "f:4:12: match: a bracket is open here; write } at its end, or a comma"),
                Arguments.of(
                        GOOD.replace("name: all", "name: \"all"),
                        "f:3:11: name: a quotation mark is open; write the other one at the end"),
                Arguments.of(
                        GOOD.replace("{}", "{ serialNumber: \"X\\d\" }"),
                        "f:4:31: match: \\d means nothing in double quotation marks; write single ones, or \\\\ for a"
                                + " backslash"),
                Arguments.of(
                        GOOD.replace("{}", "{ serialNumber: *.x }"),
                        "f:4:29: match: & marks a value and * repeats it; put a value that begins with one of them in"
                                + " quotation marks"),
                Arguments.of(
                        GOOD.replace("{}", "{ serialNumber: *x }"),
                        "f:4:28: match: *x repeats what is marked with &x, and nothing is; put a value that begins with *"
                                + " in quotation marks"),
                Arguments.of(
                        GOOD.replace("name: all", "name: @all"),
                        "f:3:11: name: a value can not begin with the character @; put the value in quotation marks"),
                Arguments.of(
                        GOOD + "renewal\n",
                        "f:6:1: file: is no key with a value; write a colon and a space after the key"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isSaidAtItsPlaceWithTheKeyOfTheLine(String yaml, String problem) {
        assertThat(assertThrows(
                                UnusablePolicyException.class,
                                () -> PolicyReader.read(yaml, Path.of("/nowhere"), PROFILES))
                        .problems())
                .extracting(found -> found.in("f"))
                .containsExactly(problem);
    }
}
