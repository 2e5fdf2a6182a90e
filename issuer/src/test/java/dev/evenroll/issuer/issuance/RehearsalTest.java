package dev.evenroll.issuer.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.identity.AuthorityName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();

    @Test
    void aCaThatFitsItsProfilesHasNoProblemAndSignsNothing() {
        assertThat(at(TestCa.CLOCK).problem()).isEmpty();
        assertThat(key.signatures()).isZero();
    }

    /// Among them are profiles of servers, of other subjects and of other keys.
    @Test
    void everyProfileOfAFileIsRehearsed() {
        for (var profiles : List.of(TestProfiles.builtIn(), TestProfiles.example())) {
            assertThat(at(TestCa.CLOCK, profiles).problem()).isEmpty();
        }
        assertThat(key.signatures()).isZero();
    }

    @Test
    void aCaThatCanNotIssueSaysWhy() {
        assertThat(at(InstantSource.fixed(TestCa.NOW.plus(Duration.ofDays(3651))))
                        .problem())
                .hasValue("The CA CN=Test Issuing CA can not issue under the profile charging-station: The CA"
                        + " certificate CN=Test Issuing CA has expired on 2036-11-19T10:00:00Z; make the next CA"
                        + " with `evenroll ca rollover` (docs/CEREMONY.md).");
    }

    private Rehearsal at(InstantSource clock) {
        return at(clock, TestProfiles.PROFILES);
    }

    private Rehearsal at(InstantSource clock, Profiles profiles) {
        return new Rehearsal(new Authority(new AuthorityName("issuing-1"), key, ca.certificate()), profiles, clock);
    }
}
