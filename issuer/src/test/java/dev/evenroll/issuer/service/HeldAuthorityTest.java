package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.identity.AuthorityName;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A CA that is tested again and again.
class HeldAuthorityTest {

    /// Pins a mended mistake: certificates were signed, and the issuer was not ready for ten seconds more.
    @Test
    void aKeyThatIsBackIsFoundSoonerThanTheNextRegularTest() {
        var ca = TestCa.create();
        var key = ca.key();
        key.breakDown();
        var name = new AuthorityName("issuing-1");
        try (var held = new HeldAuthority(
                new AuthorityKey(
                        name,
                        TestCa.NOW.minusSeconds(60),
                        new KeyPlace.InFile(Path.of("issuing-1.p12"), Path.of("pin"))),
                new Authority(name, key, ca.certificate()),
                TestProfiles.PROFILES,
                TestCa.CLOCK,
                Duration.ofHours(1),
                _ -> {})) {
            held.start();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(held.problem())
                            .hasValueSatisfying(problem -> assertThat(problem).contains("The fake key is broken")));
            key.mend();

            Awaitility.await().until(() -> held.problem().isEmpty());
        }
    }
}
