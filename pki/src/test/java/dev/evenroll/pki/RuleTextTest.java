package dev.evenroll.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RuleTextTest {
    private static final RuleText TEXT =
            new RuleText("weak-key", "NIST", "short keys", "key: <bits> bits are less than <least bits>; make another");

    @Test
    void aFailureIsTheTemplateWithItsValues() {
        assertThat(TEXT.placeholders()).containsExactly("<bits>", "<least bits>");
        assertThat(TEXT.failure("8", "16"))
                .isEqualTo(new Failure("weak-key", "key: 8 bits are less than 16; make another"));
        assertThat(new RuleText("a", "b", "c", "x < y and y > z").failure())
                .isEqualTo(new Failure("a", "x < y and y > z"));
    }

    @Test
    void valuesAreTakenAsTheyAre() {
        assertThat(TEXT.failure("<least bits>", "$1\\").message())
                .isEqualTo("key: <least bits> bits are less than $1\\; make another");
    }

    @Test
    void everyPlaceholderGetsOneValue() {
        assertThatThrownBy(() -> TEXT.failure("8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values: 1 were given for the placeholders [<bits>, <least bits>] of the rule weak-key; "
                        + "give one for each");
        assertThatThrownBy(() -> TEXT.failure("8", "9", "10")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noCellOfTheTableIsEmpty() {
        assertThatThrownBy(() -> new RuleText("Weak", "b", "c", "d"))
                .hasMessage("rule: \"Weak\" is not in kebab case; write it like weak-key");
        assertThatThrownBy(() -> new RuleText("a", " ", "c", "d"))
                .hasMessage("source: is blank; the table of rules has no empty cells");
        assertThatThrownBy(() -> new RuleText("a", "b", "", "d"))
                .hasMessage("refuses: is blank; the table of rules has no empty cells");
        assertThatThrownBy(() -> new RuleText("a", "b", "c", " "))
                .hasMessage("message: is blank; say what is wrong and what to do");
    }
}
