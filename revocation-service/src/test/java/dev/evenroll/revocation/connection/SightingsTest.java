package dev.evenroll.revocation.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private final List<Authorized> told = new ArrayList<>();
    private boolean brokerAnswers = true;
    private final Sightings sightings = new Sightings((authorized, lost) -> {
        if (brokerAnswers) {
            told.add(authorized);
        } else {
            lost.run();
        }
    });

    private static Authorized device(String issuer, String serialNumber) {
        return new Authorized(new DeviceId("D1"), new CertificateId(issuer, serialNumber));
    }

    @Test
    void aCertificateIsToldOnce() {
        var device = device("ab", "01");
        sightings.see(device);
        sightings.see(device);

        assertThat(told).containsExactly(device);
    }

    @Test
    void certificatesOfTwoCasAreTwo() {
        var long1 = "1".repeat(32);
        sightings.see(device("ab", long1));
        sightings.see(device("cd", long1));
        sightings.see(device("ab", "2" + "1".repeat(30) + "2"));

        assertThat(told).hasSize(3);
    }

    @Test
    void whatCouldNotBeToldIsToldAtTheNextConnection() {
        brokerAnswers = false;
        sightings.see(device("ab", "01"));
        brokerAnswers = true;
        sightings.see(device("ab", "01"));

        assertThat(told).hasSize(1);
    }
}
