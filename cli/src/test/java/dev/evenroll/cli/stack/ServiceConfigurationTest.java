package dev.evenroll.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.files.PropertiesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceConfigurationTest {

    @TempDir
    private Path root = Path.of("");

    private Properties of(Service service) throws Exception {
        var data = new DataDirectory(root);
        data.create();
        var ports = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            ports.put(port, 20_000 + ports.size());
        }
        new ServiceConfiguration(data, "test", ports, "127.0.0.1", "http://localhost:1/crl/k-0.crl").write(service);
        return PropertiesFile.read(data.configuration(service));
    }

    @Test
    void theValidatorKnowsItsAnchorsPoliciesAndAddress() throws Exception {
        var properties = of(Service.CSR_VALIDATOR);
        assertThat(properties)
                .containsEntry(
                        "evenroll.trust.manufacturers",
                        root.resolve("manufacturers").toString())
                .containsEntry(
                        "evenroll.trust.attestation",
                        root.resolve("attestation").toString())
                .containsEntry(
                        "evenroll.trust.registration-authorities",
                        root.resolve("registration-authorities").toString())
                .containsEntry(
                        "evenroll.policies", root.resolve("policies.yaml").toString())
                .containsEntry("evenroll.advertised-url", "https://localhost:20002")
                .containsEntry(
                        "evenroll.advertised-anchor",
                        root.resolve("platform/platform-ca.pem").toString());
        assertThat(of(Service.ENROLL_GATEWAY))
                .containsEntry(
                        "evenroll.trust.registration-authorities",
                        root.resolve("registration-authorities").toString());
    }

    @Test
    void theOperatorsPoliciesAreKept() throws Exception {
        of(Service.CSR_VALIDATOR);
        var policies = root.resolve("policies.yaml");
        assertThat(policies).content().startsWith("# Policies for enrollment just in time");
        Files.writeString(policies, "version: mine\npolicies: []\n");
        of(Service.CSR_VALIDATOR);
        assertThat(policies).hasContent("version: mine\npolicies: []\n");
    }

    /// Who issues, who judges and who revokes have to agree on the profiles.
    @Test
    void theOperatorsProfilesAreThoseOfEveryService() throws Exception {
        assertThat(of(Service.ISSUER)).doesNotContainKey("evenroll.profiles");
        var profiles = Files.writeString(root.resolve("profiles.yaml"), "version: mine\n");

        for (var service : new Service[] {Service.CSR_VALIDATOR, Service.ISSUER, Service.REVOCATION_SERVICE}) {
            assertThat(of(service)).containsEntry("evenroll.profiles", profiles.toString());
        }
        assertThat(of(Service.REVOCATION_SERVICE))
                .containsEntry("evenroll.ca.crl-url", of(Service.ISSUER).getProperty("evenroll.ca.crl-url"));
    }
}
