package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import dev.evenroll.policy.yaml.FileProblem;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which certificate profiles a policy may enter devices with depends on the installation.
class AdmissibleProfilesTest {

    private static final String WITHOUT_PROFILE = """
            version: a
            policies:
              - name: rollout
                match: {}
                decision: allow
                unknownDevices: register
                register: { owner: O, site: S, model: M }
            """;

    @Test
    void theUsualProfileHasToBeThereToo() throws UnusablePolicyException {
        var installed = AdmissibleProfiles.of(List.of(Profile.chargingStation(URI.create("http://127.0.0.1/crl"))));
        assertThat(PolicyReader.read(WITHOUT_PROFILE, Path.of("/nowhere"), installed)
                        .policies())
                .hasSize(1);

        var none = AdmissibleProfiles.of(List.of());
        assertThat(assertThrows(
                                UnusablePolicyException.class,
                                () -> PolicyReader.read(WITHOUT_PROFILE, Path.of("/nowhere"), none))
                        .problems())
                .extracting(FileProblem::reason)
                .containsExactly("profile: is \"charging-station\", which is no profile of the installation; the "
                        + "installation has none for policies");
    }
}
