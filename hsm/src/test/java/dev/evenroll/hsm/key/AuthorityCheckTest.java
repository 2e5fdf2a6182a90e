package dev.evenroll.hsm.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.TestCa;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AuthorityCheckTest {

    private final TestCa ca = TestCa.create();

    @Test
    void aValidCaWithItsKeyHasNoProblem() {
        var check = at(InstantSource.fixed(TestCa.NOW));
        assertThat(check.validityProblem()).isEmpty();
        assertThat(check.proofProblem()).isEmpty();
    }

    @Test
    void anExpiredCa() {
        assertThat(at(InstantSource.fixed(TestCa.NOW.plus(Duration.ofDays(3651))))
                        .validityProblem())
                .hasValue("The CA certificate CN=Test Issuing CA has expired on 2036-11-19T10:00:00Z; "
                        + "make the next CA with `evenroll ca rollover` (docs/CEREMONY.md).");
    }

    @Test
    void aClockThatIsTooSlow() {
        assertThat(at(InstantSource.fixed(TestCa.NOW.minus(Duration.ofDays(1)))).validityProblem())
                .hasValue("The CA certificate CN=Test Issuing CA is not valid before 2026-11-22T09:55:00Z; "
                        + "check the clock of this machine.");
    }

    @Test
    void aKeyThatDoesNotSign() {
        var key = ca.key();
        key.breakDown();
        assertThat(new AuthorityCheck(key, ca.certificate(), TestCa.CLOCK).proofProblem())
                .hasValue("The fake key is broken; mend it.");
    }

    private AuthorityCheck at(InstantSource clock) {
        return new AuthorityCheck(ca.key(), ca.certificate(), clock);
    }
}
