package dev.evenroll.pki.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.fixture.TbsForge;
import java.util.List;
import org.junit.jupiter.api.Test;

class TbsLinterHostileInputTest {
    private static final Der GOOD = Fixture.prepared().tbsCertificate();

    @Test
    void givesFailuresNeverExceptions() {
        Mutations.of(GOOD, 6000, 41)
                .forEach(der -> lint(der)
                        .forEach(failure -> assertThat(failure.message()).isNotBlank()));
    }

    /// Everything else is fixed by the CA and the profile.
    @Test
    void whatPassesDiffersInSerialNumberValidityAndSubjectOnly() {
        TbsForge good = TbsForge.certificate(GOOD);

        Mutations.of(GOOD, 6000, 42).filter(der -> lint(der).isEmpty()).forEach(der -> {
            TbsForge same = TbsForge.certificate(der);
            for (int part : new int[] {TbsForge.SERIAL_NUMBER, TbsForge.VALIDITY, TbsForge.SUBJECT}) {
                same = same.with(part, good.parts().get(part));
            }
            assertThat(same.der()).isEqualTo(GOOD);
        });
    }

    @Test
    void everyTruncationIsRefused() {
        Mutations.of(GOOD, 0, 43).forEach(der -> assertThat(lint(der)).isNotEmpty());
    }

    private static List<Failure> lint(Der tbs) {
        return TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), Fixture.PROFILE, Fixture.NOW);
    }
}
