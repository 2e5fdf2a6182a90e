package dev.evenroll.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import org.junit.jupiter.api.Test;

class JobOwnerTest {

    private static final String CA = "ca".repeat(32);
    private static final String OTHER = "cb".repeat(32);

    @Test
    void aJobBelongsToANameOfACa() {
        var owner = JobOwner.of(new RegistrationAuthority("line-1", CA, true));

        assertThat(owner.is(new RegistrationAuthority("line-1", CA, false))).isTrue();
        assertThat(owner.is(new RegistrationAuthority("line-1", OTHER, false))).isFalse();
        assertThat(owner.is(new RegistrationAuthority("line-2", CA, false))).isFalse();
    }

    /// The CA that was the only one may have been replaced by another since.
    @Test
    void whereItsCaIsKnownToBeTheOnlyOneIsNotEnough() {
        assertThat(new JobOwner("line-1", CA).is(new RegistrationAuthority("line-1", OTHER, true)))
                .isFalse();
    }

    @Test
    void aJobOfTheVersionBeforeBelongsToItsNameWhereOneCaCanGiveIt() {
        var owner = new JobOwner("line-1", "");

        assertThat(owner.is(new RegistrationAuthority("line-1", CA, true))).isTrue();
        assertThat(owner.is(new RegistrationAuthority("line-2", CA, true))).isFalse();
        assertThat(owner.is(new RegistrationAuthority("line-1", CA, false))).isFalse();
    }
}
