package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationTest {

    static Stream<Arguments> problems() {
        var acceptable = "x".repeat(64);
        return Stream.of(
                Arguments.of(acceptable, "m", "a-Z0*_=:+|@.", "Betreiber Öst 中", "s".repeat(255), ""),
                Arguments.of("", "m", "o", "w", "s", "manufacturer: is missing; give 1 to 64 characters"),
                Arguments.of(
                        "x".repeat(65), "m", "o", "w", "s", "manufacturer: is longer than 64 characters; shorten it"),
                Arguments.of(
                        "a\nb",
                        "m",
                        "o",
                        "w",
                        "s",
                        "manufacturer: holds a control character, or begins or ends with a space; give printable text"),
                Arguments.of(
                        "a",
                        "m ",
                        "o",
                        "w",
                        "s",
                        "model: holds a control character, or begins or ends with a space; give printable text"),
                Arguments.of(
                        "a",
                        "m",
                        "o/p",
                        "w",
                        "s",
                        "ocppIdentity: may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)"),
                Arguments.of(
                        "a", "m", "o".repeat(49), "w", "s", "ocppIdentity: is longer than 48 characters; shorten it"),
                Arguments.of(
                        "a",
                        "m",
                        "o",
                        "w\u202ed",
                        "s",
                        "owner: holds a control character, or begins or ends with a space; give printable text"),
                Arguments.of("a", "m", "o", "w", "s".repeat(256), "site: is longer than 255 characters; shorten it"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void eachFieldSaysWhatIsWrongWithIt(
            String manufacturer, String model, String ocppIdentity, String owner, String site, String expected) {
        var sentences = Registration.problemsWith(manufacturer, model, ocppIdentity, owner, site).stream()
                .map(FieldProblem::sentence)
                .toList();
        assertThat(String.join("; ", sentences)).isEqualTo(expected);
    }

    @Test
    void everyProblemIsNamed() {
        assertThat(Registration.problemsWith(null, null, null, null, null))
                .extracting(FieldProblem::field)
                .containsExactly("manufacturer", "model", "ocppIdentity", "owner", "site");
    }

    @Test
    void anIllegalOneCanNotBeMade() {
        assertThatThrownBy(() -> new Registration("", "m", "o", "w", "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("manufacturer: is missing; give 1 to 64 characters");
    }
}
