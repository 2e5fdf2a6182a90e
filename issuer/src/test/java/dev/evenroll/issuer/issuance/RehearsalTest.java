package dev.evenroll.issuer.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.identity.AuthorityName;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();

    @Test
    void aCaThatFitsItsProfilesHasNoProblemAndSignsNothing() {
        assertThat(at(TestCa.CLOCK).problem()).isEmpty();
        assertThat(key.signatures()).isZero();
    }

    @Test
    void aCaThatCanNotIssueSaysWhy() {
        assertThat(at(InstantSource.fixed(TestCa.NOW.plus(Duration.ofDays(3651))))
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("The CA CN=Test Issuing CA can not issue under the profile charging-station: ")
                        .contains("the CA certificate is not valid now"));
    }

    private Rehearsal at(InstantSource clock) {
        return new Rehearsal(
                new Authority(new AuthorityName("issuing-1"), key, ca.certificate()), TestProfiles.PROFILES, clock);
    }
}
