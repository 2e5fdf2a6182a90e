package dev.evenroll.pki.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void chargingStations() {
        Profile profile = Profile.chargingStation(URI.create("http://crl.example/a.crl"));

        assertThat(profile.name()).isEqualTo("charging-station");
        assertThat(profile.validity()).isEqualTo(Duration.ofDays(365));
        assertThat(profile.backdate()).isEqualTo(Duration.ofMinutes(5));
        assertThat(profile.keyUsages()).containsExactly(KeyUsage.DIGITAL_SIGNATURE);
        assertThat(profile.extendedKeyUsages()).isEmpty();
        assertThat(profile.crlDistributionPoint()).contains(URI.create("http://crl.example/a.crl"));
        assertThat(profile.caIssuers()).isEmpty();
        assertThat(profile.mlDsa()).isFalse();
    }

    @Test
    void purposesByNameOrObjectIdentifier() {
        var profile = Profile.validate(new ProfileConfig(
                "seccs",
                "P60D",
                "PT0S",
                List.of("digitalSignature", "keyAgreement"),
                List.of("clientAuth", "1.2.3"),
                null,
                null,
                true));

        assertThat(profile.extendedKeyUsages()).containsExactly("1.3.6.1.5.5.7.3.2", "1.2.3");
        assertThat(profile.mlDsa()).isTrue();
    }

    @Test
    void listsAllProblemsAtOnce() {
        var config = new ProfileConfig(
                "Bad Name",
                "P400D",
                "soon",
                List.of("keyCertSign"),
                List.of("everything"),
                "https://crl.example/a.crl",
                "not a url",
                false);

        assertThatThrownBy(() -> Profile.validate(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile \"Bad Name\" can not be used: "
                        + "name: \"Bad Name\" is not in kebab case, like charging-station; "
                        + "validity: P400D is not between PT1H and PT9528H; "
                        + "backdate: \"soon\" is not an ISO 8601 duration, like P365D or PT5M; "
                        + "keyUsages: \"keyCertSign\" is unknown, or not for the key of a device; "
                        + "extendedKeyUsages: \"everything\" is neither clientAuth, serverAuth, cmcRA nor an object identifier; "
                        + "crlDistributionPoint: \"https://crl.example/a.crl\" is not an http URL; "
                        + "caIssuers: \"not a url\" is not a URL");
    }

    @Test
    void durationsFitTogether() {
        assertThatThrownBy(() -> Profile.validate(
                        new ProfileConfig("a", "PT1H", "PT1H0.5S", List.of(), List.of(), null, null, false)))
                .hasMessage("profile \"a\" can not be used: backdate: PT1H0.5S is not in whole seconds; "
                        + "keyUsages: is empty; name at least digitalSignature");
        assertThatThrownBy(() -> Profile.validate(new ProfileConfig(
                        "a", "PT1H", "PT1H", List.of("digitalSignature"), List.of(), null, null, false)))
                .hasMessage("profile \"a\" can not be used: backdate: PT1H is not shorter than the validity PT1H");
    }

    @Test
    void subjects() {
        assertThat(Subject.of("CP-1", "Operator").organization()).contains("Operator");
        assertThatThrownBy(() -> Subject.of(" "))
                .hasMessage("common name: must have 1 to 64 characters (RFC 5280 appendix A.1)");
        assertThatThrownBy(() -> Subject.of("CP-1", "x".repeat(65)))
                .hasMessage("organization: must have 1 to 64 characters (RFC 5280 appendix A.1)");
    }
}
