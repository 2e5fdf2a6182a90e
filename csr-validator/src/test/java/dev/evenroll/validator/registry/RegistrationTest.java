package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
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
        var sentences = new RegistrationDraft(manufacturer, model, ocppIdentity, owner, site, null, null, null, null)
                .problems().stream().map(FieldProblem::sentence).toList();
        assertThat(String.join("; ", sentences)).isEqualTo(expected);
    }

    @Test
    void everyProblemIsNamed() {
        assertThat(new RegistrationDraft(null, null, null, null, null, null, null, null, null).problems())
                .extracting(FieldProblem::field)
                .containsExactly("manufacturer", "model", "ocppIdentity", "owner", "site");
    }

    @Test
    void theModelsAndFingerprintsAreLookedAtToo() {
        var draft = new RegistrationDraft(
                "a",
                "m",
                "o",
                "w",
                "s",
                Set.of(EnrollmentModel.RENEWAL, EnrollmentModel.FIELD),
                "AB",
                "f".repeat(63),
                "x ");
        assertThat(draft.problems())
                .extracting(FieldProblem::sentence)
                .containsExactly(
                        "enrollmentModels: holds RENEWAL, which is open to every enrolled device; leave it out",
                        "idevidSha256: is not a SHA-256; "
                                + "give the 64 lower-case hex digits of the SHA-256 of the IDevID certificate in DER",
                        "keySha256: is not a SHA-256; "
                                + "give the 64 lower-case hex digits of the SHA-256 of the SubjectPublicKeyInfo in DER",
                        "profile: holds a control character, or begins or ends with a space; give printable text");
    }

    @Test
    void aDraftThatSaysNothingOfModelsIsOfTheFactory() {
        var registration = new RegistrationDraft("a", "m", "o", "w", "s", null, null, null, null).registration();
        assertThat(registration).isEqualTo(new Registration("a", "m", "o", "w", "s"));
        assertThat(registration.enrollmentModels()).containsExactly(EnrollmentModel.FACTORY);
        assertThat(registration.profile()).isEqualTo("charging-station");
    }

    @Test
    void everyDifferenceIsNamed() {
        var one = new Registration("a", "m", "o", "w", "s", Set.of(), null, "b".repeat(64), "v2g-secc");
        var other = new Registration(
                "a", "m", "o", "w", "t", Set.of(EnrollmentModel.FIELD), "a".repeat(64), null, "csms-server");
        assertThat(one.differencesFrom(other))
                .extracting(FieldProblem::sentence)
                .containsExactly(
                        "site: is registered as \"s\"",
                        "enrollmentModels: is not registered",
                        "idevidSha256: is not registered",
                        "keySha256: is registered as \"" + "b".repeat(64) + "\"",
                        "profile: is registered as \"v2g-secc\"");
        assertThat(other.differencesFrom(other)).isEmpty();
    }

    @Test
    void anIllegalOneCanNotBeMade() {
        assertThatThrownBy(() -> new Registration("", "m", "o", "w", "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("manufacturer: is missing; give 1 to 64 characters");
    }
}
